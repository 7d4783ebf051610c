/* SPDX-License-Identifier: BSD-2-Clause */
/* test_node_secrets.c: keys stay with the program's user: modes of files, no core, nothing printed. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/node/node.h"
#include "src/node/secrets.h"
#include "test/unit/cunit_main.h"

static char folder[] = "/tmp/iuplus-secrets-XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[96];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static unsigned mode_of(const char *path)
{
	struct stat st;
	return stat(path, &st) ? 0 : (unsigned)st.st_mode & 07777;
}

/* A file of before, which everybody may read. */
static void create_readable(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0644);
	CU_ASSERT_TRUE_FATAL(fd >= 0);
	CU_ASSERT_EQUAL(fchmod(fd, 0644), 0);
	close(fd);
}

static void test_modes(void)
{
	umask(0);
	for (int old = 0; old < 2; old++) {
		struct node_trace trace;
		const char *failed;
		char capture[96], keylog[96];
		strcpy(capture, in_folder(old ? "old.pcapng" : "new.pcapng"));
		strcpy(keylog, in_folder(old ? "old.keys" : "new.keys"));
		if (old) {
			create_readable(capture);
			create_readable(keylog);
		}
		CU_ASSERT_EQUAL_FATAL(node_trace_open(&trace, "test", NULL, capture, keylog, &failed), 0);
		CU_ASSERT_EQUAL(mode_of(capture), 0600);
		CU_ASSERT_EQUAL(mode_of(keylog), 0600);
		node_trace_close(&trace);
		unlink(capture);
		unlink(keylog);
	}
}

static void test_process(void)
{
	static struct node node;
	char *argv[] = { "test", "--config", "x", NULL };
	struct rlimit core = { 1, 1 };
	CU_ASSERT_EQUAL(node_options(&node, 3, argv, "", 0), -1);
	CU_ASSERT_EQUAL(prctl(PR_GET_DUMPABLE), 0);
	CU_ASSERT_EQUAL(getrlimit(RLIMIT_CORE, &core), 0);
	CU_ASSERT_TRUE(core.rlim_cur == 0 && core.rlim_max == 0);
}

static void test_shown(void)
{
	static struct node_subscribers_settings table = { .count = 1 };
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	strcpy(table.list[0].imsi, "001010000000001");
	memset(table.list[0].k, 0xab, 16);
	memset(table.list[0].opc, 0xcd, 16);
	CU_ASSERT_EQUAL(node_conf_show(out, node_subscribers_table, &table), 0);
	fclose(out);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "# k is hidden"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "# opc is hidden"));
	CU_ASSERT_TRUE(!strstr(text, "abab") && !strstr(text, "cdcd"));
	free(text);
}

/* Whether the log has a warning about a file with this mode. */
static bool warned(unsigned mode)
{
	char path[96], line[512] = "";
	strcpy(path, in_folder("table"));
	create_readable(path);
	CU_ASSERT_EQUAL(chmod(path, mode), 0);
	unlink(in_folder("log"));
	CU_ASSERT_EQUAL(node_log_open("test", NODE_LOG_NOTICE, in_folder("log")), 0);
	node_secrets_warn(path, "the subscriber table");
	int fd = open(in_folder("log"), O_RDONLY);
	ssize_t n = read(fd, line, sizeof(line) - 1);
	close(fd);
	unlink(path);
	unlink(in_folder("log"));
	CU_ASSERT_TRUE(n >= 0);
	return n > 0 && strstr(line, "chmod 600");
}

static void test_warning(void)
{
	CU_ASSERT_TRUE(warned(0644));
	CU_ASSERT_TRUE(warned(0640));
	CU_ASSERT_TRUE(warned(0602));
	CU_ASSERT_FALSE(warned(0600));
	CU_ASSERT_FALSE(warned(0400));
	rmdir(folder);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "modes of files", test_modes },
		{ "the process", test_process },
		{ "the printed configuration", test_shown },
		{ "a warning", test_warning }
	};
	if (!mkdtemp(folder))
		return 1;
	return iuplus_cunit_run("node_secrets", tests, 4);
}
