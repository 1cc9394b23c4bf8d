/** Opens the desk: the one place where its parts are put together. */

import "../shared/tokens.css";
import "../shared/base.css";
import { render } from "preact";

const page = document.getElementById("page");
if (page) render(<main>Relais</main>, page);
