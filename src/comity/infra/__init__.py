"""Where bytes meet the machine: settings, database, work, jobs, ledger, keys, blobs, outbound HTTP."""
