/* SPDX-License-Identifier: BSD-2-Clause */
/* secrets.c: what keeps a program's keys from others (see secrets.h). */
#include "src/node/secrets.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <iuplus/iuplus.h>

#include "src/node/log.h"

int node_secrets_protect(void)
{
	const struct rlimit none = { 0, 0 };
	return setrlimit(RLIMIT_CORE, &none) || prctl(PR_SET_DUMPABLE, 0) ? IUPLUS_ERR_IO : 0;
}

void node_secrets_warn(const char *path, const char *what)
{
	struct stat st;
	if (!stat(path, &st) && st.st_mode & (S_IRWXG | S_IRWXO))
		node_log(NODE_LOG_NOTICE, "%s %s has keys and mode %04o, so others can use them; chmod 600", what, path,
			 (unsigned)st.st_mode & 07777);
}
