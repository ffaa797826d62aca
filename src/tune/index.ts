/**
 * Choosing hyper-parameters: search spaces, successive halving, the learning-rate range test and the broad strategy.
 * Pure: running trials side by side and keeping their results is left to the caller.
 * @module chainrule/tune
 */
export * from './broad.ts';
export * from './halving.ts';
export * from './languages.ts';
export * from './range-test.ts';
export * from './results.ts';
export { fitting, type SettingName, type Settings, scheduleNames, settingNames, settingsFrom } from './settings.ts';
export * from './space.ts';
