-- The people of the paper.  Tokens and codes come in as fingerprints (staff/secret.h).

-- name: staff_count
-- How many accounts there are, in any state.
-- out: people int
-- one
SELECT count(*) AS people FROM staff;

-- name: staff_at
-- A person's account.
-- in: staff int
-- out: staff int, email text, name text, role text, privileges text?, state int, password text,
--      password_at time?, totp blob?, totp_at time?, totp_step int, totp_offered blob?,
--      made_at time, seen_at time?, passkeys int
-- one
SELECT s.id, s.email, s.name, s.role, r.privileges, s.state, s.password, s.password_at, s.totp,
       s.totp_at, s.totp_step, s.totp_offered, s.made_at, s.seen_at,
       (SELECT count(*) FROM staff_passkey k WHERE k.staff = s.id) AS passkeys
  FROM staff s LEFT JOIN staff_role r ON r.word = s.role WHERE s.id = :staff;

-- name: staff_of_email
-- The same, by e-mail.
-- in: email text
-- out: like staff_at
-- one
SELECT s.id, s.email, s.name, s.role, r.privileges, s.state, s.password, s.password_at, s.totp,
       s.totp_at, s.totp_step, s.totp_offered, s.made_at, s.seen_at,
       (SELECT count(*) FROM staff_passkey k WHERE k.staff = s.id) AS passkeys
  FROM staff s LEFT JOIN staff_role r ON r.word = s.role WHERE s.email = :email;

-- name: staff_all
-- Everybody, by name.
-- in: many int
-- out: like staff_at
-- many
SELECT s.id, s.email, s.name, s.role, r.privileges, s.state, s.password, s.password_at, s.totp,
       s.totp_at, s.totp_step, s.totp_offered, s.made_at, s.seen_at,
       (SELECT count(*) FROM staff_passkey k WHERE k.staff = s.id) AS passkeys
  FROM staff s LEFT JOIN staff_role r ON r.word = s.role ORDER BY s.state, s.name, s.id LIMIT :many;

-- name: staff_add
-- A new account; its number.
-- in: email text, name text, role text, state int, made_at time
-- out: staff int
-- one
INSERT INTO staff (email, name, role, state, made_at)
VALUES (:email, :name, :role, :state, :made_at) RETURNING id;

-- name: staff_name_set
-- Call somebody otherwise.
-- in: staff int, name text
-- run
UPDATE staff SET name = :name WHERE id = :staff;

-- name: staff_role_give
-- Give somebody a role.
-- in: staff int, role text
-- run
UPDATE staff SET role = :role WHERE id = :staff;

-- name: staff_state_set
-- Invited, active, suspended.
-- in: staff int, state int
-- run
UPDATE staff SET state = :state WHERE id = :staff;

-- name: staff_password_set
-- A new password.
-- in: staff int, password text, at time
-- run
UPDATE staff SET password = :password, password_at = :at WHERE id = :staff;

-- name: staff_seen
-- Somebody has signed in.
-- in: staff int, at time
-- run
UPDATE staff SET seen_at = :at WHERE id = :staff;

-- name: staff_totp_offer
-- A secret that is shown, to be confirmed by a code.
-- in: staff int, secret blob
-- run
UPDATE staff SET totp_offered = :secret WHERE id = :staff;

-- name: staff_totp_take
-- The secret that was shown is the second factor from now on.
-- in: staff int, step int, at time
-- run
UPDATE staff SET totp = totp_offered, totp_offered = NULL, totp_at = :at, totp_step = :step
 WHERE id = :staff AND totp_offered IS NOT NULL;

-- name: staff_totp_drop
-- No second factor any more.
-- in: staff int
-- run
UPDATE staff SET totp = NULL, totp_offered = NULL, totp_at = NULL WHERE id = :staff;

-- name: staff_totp_use
-- A code of this step was given; changes nothing when that or a newer one was before.
-- in: staff int, step int
-- run
UPDATE staff SET totp_step = :step WHERE id = :staff AND totp_step < :step;

-- name: staff_codes_drop
-- All recovery codes of somebody.
-- in: staff int
-- run
DELETE FROM staff_code WHERE staff = :staff;

-- name: staff_code_add
-- A recovery code.
-- in: staff int, code blob
-- run
INSERT INTO staff_code (staff, code) VALUES (:staff, :code);

-- name: staff_code_use
-- Use a code up; changes nothing when there is none such that is unused.
-- in: staff int, code blob, at time
-- run
UPDATE staff_code SET used_at = :at WHERE staff = :staff AND code = :code AND used_at IS NULL;

-- name: staff_codes_left
-- How many codes are unused.
-- in: staff int
-- out: codes int
-- one
SELECT count(*) AS codes FROM staff_code WHERE staff = :staff AND used_at IS NULL;

-- name: staff_link_add
-- A one-time link.
-- in: token blob, kind int, staff int?, made_by int?, made_at time, until_at time
-- run
INSERT INTO staff_link (token, kind, staff, made_by, made_at, until_at)
VALUES (:token, :kind, :staff, :made_by, :made_at, :until_at);

-- name: staff_link_at
-- What a link is for.
-- in: token blob
-- out: kind int, staff int?, made_by int?, until_at time
-- one
SELECT kind, staff, made_by, until_at FROM staff_link WHERE token = :token;

-- name: staff_links_drop
-- Every link for somebody (or, with no number, for the first of all) is void.
-- in: staff int?
-- run
DELETE FROM staff_link WHERE staff IS :staff;

-- name: staff_links_of_maker_drop
-- Every link that somebody has made is void.
-- in: staff int
-- run
DELETE FROM staff_link WHERE made_by = :staff;

-- name: staff_nobody_tried
-- Somebody has tried an e-mail that nobody here has.
-- in: at time
-- run
UPDATE staff_nobody SET tries = tries + 1, tried_at = :at;

-- name: staff_session_add
-- Somebody signs in.
-- in: token blob, staff int, is_whole bool, at time, until_at time, address text, agent text
-- out: session int
-- one
INSERT INTO staff_session (token, staff, is_whole, made_at, seen_at, until_at, proved_at, address, agent)
VALUES (:token, :staff, :is_whole, :at, :at, :until_at, :at, :address, :agent) RETURNING id;

-- name: staff_session_at
-- Whose session this is; with what a request needs to know.
-- in: token blob
-- out: session int, staff int, is_whole bool, made_at time, seen_at time, until_at time,
--      proved_at time, address text, email text, name text, role text, privileges text?, state int,
--      has_totp bool, has_passkey bool
-- one
SELECT e.id AS session, e.staff, e.is_whole, e.made_at, e.seen_at, e.until_at, e.proved_at, e.address,
       s.email, s.name, s.role, r.privileges, s.state, s.totp IS NOT NULL AS has_totp,
       EXISTS (SELECT 1 FROM staff_passkey k WHERE k.staff = s.id) AS has_passkey
  FROM staff_session e JOIN staff s ON s.id = e.staff LEFT JOIN staff_role r ON r.word = s.role
 WHERE e.token = :token;

-- name: staff_session_seen
-- It is in use.
-- in: session int, at time, address text
-- run
UPDATE staff_session SET seen_at = :at, address = :address WHERE id = :session;

-- name: staff_session_whole
-- The second factor was given: a new token, and a life of its own.
-- in: session int, token blob, at time, until_at time
-- run
UPDATE staff_session SET token = :token, is_whole = 1, seen_at = :at, proved_at = :at, until_at = :until_at
 WHERE id = :session AND is_whole = 0;

-- name: staff_session_proved
-- The password was given again.
-- in: session int, at time
-- run
UPDATE staff_session SET proved_at = :at WHERE id = :session;

-- name: staff_session_end
-- One session of somebody's is over.
-- in: staff int, session int
-- run
DELETE FROM staff_session WHERE id = :session AND staff = :staff;

-- name: staff_sessions_end
-- All are over but this one (0: all).
-- in: staff int, but int
-- run
DELETE FROM staff_session WHERE staff = :staff AND id <> :but;

-- name: staff_sessions_sweep
-- Those whose time is over are forgotten.
-- in: now time, seen_before time
-- run
DELETE FROM staff_session WHERE until_at <= :now OR seen_at < :seen_before;

-- name: staff_sessions_of
-- Where somebody is signed in, the newest first.
-- in: staff int, now time, seen_after time
-- out: session int, made_at time, seen_at time, address text, agent text
-- many
SELECT id AS session, made_at, seen_at, address, agent FROM staff_session
 WHERE staff = :staff AND is_whole = 1 AND until_at > :now AND seen_at >= :seen_after
 ORDER BY seen_at DESC LIMIT 100;

-- name: staff_device_put
-- Somebody has signed in from this device.
-- in: token blob, staff int, at time
-- run
INSERT INTO staff_device (token, staff, made_at, seen_at) VALUES (:token, :staff, :at, :at)
    ON CONFLICT (token) DO UPDATE SET staff = excluded.staff, seen_at = excluded.seen_at;

-- name: staff_device_of
-- Whose device it is.
-- in: token blob
-- out: staff int
-- one
SELECT staff FROM staff_device WHERE token = :token;

-- name: staff_devices_sweep
-- Those from which nobody has signed in for long are forgotten.
-- in: seen_before time
-- run
DELETE FROM staff_device WHERE seen_at < :seen_before;

-- name: staff_devices_drop
-- No device of somebody's is known any more.
-- in: staff int
-- run
DELETE FROM staff_device WHERE staff = :staff;

-- name: staff_roles
-- The roles that the paper has made.
-- out: word text, name text, privileges text, people int
-- many
SELECT r.word, r.name, r.privileges, count(s.id) AS people
  FROM staff_role r LEFT JOIN staff s ON s.role = r.word GROUP BY r.word ORDER BY r.name;

-- name: staff_role_put
-- Make a role, or change it.
-- in: word text, name text, privileges text
-- run
INSERT INTO staff_role (word, name, privileges) VALUES (:word, :name, :privileges)
    ON CONFLICT (word) DO UPDATE SET name = excluded.name, privileges = excluded.privileges;

-- name: staff_role_drop
-- Take a role away that nobody has.
-- in: word text
-- run
DELETE FROM staff_role WHERE word = :word AND NOT EXISTS (SELECT 1 FROM staff WHERE role = :word);

-- name: staff_passkey_add
-- A passkey of somebody's; its number.
-- in: staff int, host text, credential blob, algorithm int, public_key blob, sign_count int,
--     name text, made_at time
-- out: passkey int
-- one
INSERT INTO staff_passkey (staff, host, credential, algorithm, public_key, sign_count, name, made_at)
VALUES (:staff, :host, :credential, :algorithm, :public_key, :sign_count, :name, :made_at) RETURNING id;

-- name: staff_passkeys_of
-- Somebody's passkeys, the oldest first.
-- in: staff int
-- out: passkey int, staff int, staff_made_at time, host text, credential blob, algorithm int,
--      public_key blob, sign_count int, name text, made_at time, used_at time?
-- many
SELECT k.id AS passkey, k.staff, s.made_at AS staff_made_at, k.host, k.credential, k.algorithm,
       k.public_key, k.sign_count, k.name, k.made_at, k.used_at
  FROM staff_passkey k JOIN staff s ON s.id = k.staff WHERE k.staff = :staff ORDER BY k.id LIMIT 100;

-- name: staff_passkey_at
-- The passkey that a device calls so.
-- in: credential blob
-- out: like staff_passkeys_of
-- one
SELECT k.id AS passkey, k.staff, s.made_at AS staff_made_at, k.host, k.credential, k.algorithm,
       k.public_key, k.sign_count, k.name, k.made_at, k.used_at
  FROM staff_passkey k JOIN staff s ON s.id = k.staff WHERE k.credential = :credential;

-- name: staff_passkey_used
-- It has signed; changes nothing when it counts, and has not counted on.
-- in: passkey int, sign_count int, at time
-- run
UPDATE staff_passkey SET sign_count = :sign_count, used_at = :at
 WHERE id = :passkey AND (sign_count < :sign_count OR (sign_count = 0 AND :sign_count = 0));

-- name: staff_passkey_drop
-- One of somebody's is none any more.
-- in: staff int, passkey int
-- run
DELETE FROM staff_passkey WHERE id = :passkey AND staff = :staff;

-- name: staff_passkeys_drop
-- All of somebody's.
-- in: staff int
-- run
DELETE FROM staff_passkey WHERE staff = :staff;
