/* FANN on one task: batch 1 by fann_train, larger ones by fann_train_epoch on one batch's data.
   usage: fann validate|time FOLDER BATCH RATE COUNT VALIDATION_STEPS WARMUP SECONDS OUTPUT SIZES... */
#include <floatfann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char build[] = FANN_VERSION ", single precision, the system's library; fann.c compiled by cc " __VERSION__;
static unsigned sizes[16], layers, batch, count, batches, next_batch;
static float *inputs, *targets;
static struct fann_train_data **data;
static struct fann *net;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static float *read_floats(const char *folder, const char *name, size_t length) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.f32", folder, name);
  float *values = malloc(length * sizeof *values);
  FILE *file = fopen(path, "rb");
  if (!file || !values || fread(values, sizeof *values, length, file) != length) {
    fprintf(stderr, "%s does not hold %zu floats\n", path, length);
    exit(1);
  }
  fclose(file);
  return values;
}

static size_t parameter_count(void) {
  size_t total = 0;
  for (unsigned i = 1; i < layers; i++) total += (size_t)sizes[i] * (sizes[i - 1] + 1);
  return total;
}

/* Copies between the task's order (all weights of a layer, then its biases) and FANN's (each neuron's weights, then its bias). */
static void copy_parameters(float *parameters, int to_net) {
  float *own = net->weights;
  for (unsigned i = 1; i < layers; i++) {
    unsigned in = sizes[i - 1], out = sizes[i];
    for (unsigned j = 0; j < out; j++, own += in + 1) {
      float *weight = parameters + (size_t)j * in, *bias = parameters + (size_t)out * in + j;
      memcpy(to_net ? own : weight, to_net ? weight : own, in * sizeof *own);
      memcpy(to_net ? own + in : bias, to_net ? bias : own + in, sizeof *own);
    }
    parameters += (size_t)out * (in + 1);
  }
}

static void make_net(float rate) {
  net = fann_create_standard_array(layers, sizes);
  fann_set_activation_function_hidden(net, FANN_SIGMOID);
  fann_set_activation_function_output(net, FANN_SIGMOID);
  fann_set_train_error_function(net, FANN_ERRORFUNC_LINEAR);
  fann_set_training_algorithm(net, batch == 1 ? FANN_TRAIN_INCREMENTAL : FANN_TRAIN_BATCH);
  fann_set_learning_rate(net, rate);
  fann_set_learning_momentum(net, 0);
}

static void make_batches(void) {
  batches = count / batch;
  if (batch == 1) return;
  data = malloc(batches * sizeof *data);
  for (unsigned b = 0; b < batches; b++) {
    data[b] = fann_create_train(batch, sizes[0], sizes[layers - 1]);
    for (unsigned i = 0; i < batch; i++) {
      size_t row = (size_t)b * batch + i;
      memcpy(data[b]->input[i], inputs + row * sizes[0], sizes[0] * sizeof(float));
      memcpy(data[b]->output[i], targets + row * sizes[layers - 1], sizes[layers - 1] * sizeof(float));
    }
  }
}

static void step(void) {
  unsigned b = next_batch;
  next_batch = b + 1 == batches ? 0 : b + 1;
  if (batch == 1) fann_train(net, inputs + (size_t)b * sizes[0], targets + (size_t)b * sizes[layers - 1]);
  else fann_train_epoch(net, data[b]);
}

static unsigned long repeat(unsigned long block, double seconds, double *elapsed) {
  double start = now();
  unsigned long steps = 0;
  for (*elapsed = 0; *elapsed < seconds; *elapsed = now() - start, steps += block)
    for (unsigned long i = 0; i < block; i++) step();
  return steps;
}

int main(int argc, char **argv) {
  if (argc < 12) return 2;
  batch = atoi(argv[3]);
  count = atoi(argv[5]);
  layers = argc - 10;
  for (unsigned i = 0; i < layers; i++) sizes[i] = atoi(argv[10 + i]);
  inputs = read_floats(argv[2], "inputs", (size_t)count * sizes[0]);
  targets = read_floats(argv[2], "targets", (size_t)count * sizes[layers - 1]);
  float *parameters = read_floats(argv[2], "parameters", parameter_count());
  make_net(atof(argv[4]));
  copy_parameters(parameters, 1);
  make_batches();
  if (strcmp(argv[1], "validate") == 0) {
    for (int i = 0; i < atoi(argv[6]); i++) step();
    copy_parameters(parameters, 0);
    FILE *file = fopen(argv[9], "wb");
    if (!file || fwrite(parameters, sizeof(float), parameter_count(), file) != parameter_count() || fclose(file)) return 1;
    printf("{\"build\":\"%s\"}\n", build);
    return 0;
  }
  double elapsed;
  unsigned long steps = repeat(1, atof(argv[7]), &elapsed);
  unsigned long block = 0.001 * steps / elapsed < 1 ? 1 : 0.001 * steps / elapsed;
  steps = repeat(block, atof(argv[8]), &elapsed);
  printf("{\"build\":\"%s\",\"steps\":%lu,\"secondsPerStep\":%.9g}\n", build, steps, elapsed / steps);
  return 0;
}
