/** The sheets that every app starts with. */
import './tokens.css';
import './base.css';
import './page.css';
import './print.css';
