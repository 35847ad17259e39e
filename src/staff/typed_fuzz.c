/* What people type and browsers say: e-mails, codes, passwords, devices.  What is read reads back
 * as itself. */
#include "base/fuzz.h"
#include "base/utf8.h"
#include "staff/agent.h"
#include "staff/password.h"
#include "staff/secret.h"
#include "staff/staff.h"
#include "staff/totp.h"

FUZZ(a, text, (size_t)1 << 28)
{
    str email, again, code = code_read(a, text);
    note why;

    if (staff_email_read(a, text, &email, &why) == OK) {
        must(utf8_ok(email) && email.n <= STAFF_EMAIL_MAX && str_find_char(email, ' ') < 0);
        must(staff_email_read(a, email, &again, &why) == OK && str_eq(email, again));
    }
    must(code.n == 0 || (code.n == CODE_LETTERS && str_eq(code_read(a, code), code)));
    must(totp_check(S("12345678901234567890"), text, INT64_C(59) * 1000000, 1) <= 2);
    agent_read(text);
    if (text.n < PASSWORD_BYTES_MAX && utf8_ok(text))
        password_look(a, text, S("Ada Quill"), S("ada@paper.example"), S("The Fathom"));
    privileges_read(text);
}
