// Makes libsodium ready. Whoever calls into it says so first; the first call does the work, the others cost a
// comparison. Any thread.
#pragma once

namespace carillon {
void need_sodium();
}
