/** Opens the child's page: the one place where its parts are put together. */

import "../shared/tokens.css";
import "../shared/base.css";
import { render } from "preact";

const page = document.getElementById("page");
if (page) render(<main>Messages</main>, page);
