-- What an audited change did to the menu (JSON, a line each), and whose commit brought it where the folder is a git work
-- tree. The commit is looked up after the change is published, so it may be missing.
ALTER TABLE folder_audit ADD COLUMN changes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE folder_audit ADD COLUMN commit_ TEXT;
ALTER TABLE folder_audit ADD COLUMN author TEXT;
CREATE INDEX folder_audit_by_time ON folder_audit (at, file);
