// Where the page begins.
import { mount } from 'svelte';
import './style.css';
import App from './shell/App.svelte';

const target = document.getElementById('studio');
if (target === null) throw new Error('the page has no element to stand in');
mount(App, { target });
