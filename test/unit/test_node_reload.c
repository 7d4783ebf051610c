/* SPDX-License-Identifier: BSD-2-Clause */
/* test_node_reload.c: SIGHUP: a renamed log, a changed and a wrong configuration. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/node/node.h"
#include "test/unit/cunit_main.h"

struct settings {
	struct node_settings node;
	uint32_t number;
};
static const struct node_conf_key keys[] = {
	{ "name", NODE_CONF_NAME, offsetof(struct settings, node.name), false, 0, 0, NULL },
	{ "log-level", NODE_CONF_WORD, offsetof(struct settings, node.log_level), false, 0, 0, node_log_levels },
	{ "number", NODE_CONF_UINT, offsetof(struct settings, number), false, 0, 9, NULL },
	{ NULL, NODE_CONF_STRING, 0, false, 0, 0, NULL }
};
static const struct node_conf_section table[] = { { "", keys, 0, true, NULL, 0, 0, 0 },
						  { NULL, NULL, 0, false, NULL, 0, 0, 0 } };

static char folder[] = "/tmp/iuplus-reload-XXXXXX";
static char config[64], log_file[64], moved[64], text[4096];
static struct node node;

static void configure(const char *content)
{
	FILE *f = fopen(config, "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	fputs(content, f);
	fclose(f);
}

static const char *content(const char *path)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	text[n < 0 ? 0 : n] = 0;
	close(fd);
	return n < 0 ? NULL : text;
}

static void finish(void *user, unsigned number)
{
	(void)user;
	(void)number;
	node_stop(&node);
}

/* SIGHUP, while the loop runs, which it must not end. */
static void hang_up(void)
{
	node.loop.stop = false;
	CU_ASSERT_EQUAL(node_loop_start(&node.loop, &node, 1, 50, finish, NULL), 0);
	raise(SIGHUP);
	CU_ASSERT_EQUAL(node_loop_run(&node.loop), 0);
}

static void test_hangup(void)
{
	static struct settings settings = { .node = { .name = "t", .log_level = NODE_LOG_NOTICE } };
	char *argv[] = { "test", "--config", config, "--log", log_file, NULL };
	snprintf(config, sizeof(config), "%s/conf", folder);
	snprintf(log_file, sizeof(log_file), "%s/log", folder);
	snprintf(moved, sizeof(moved), "%s/log.1", folder);
	configure("number 3\n");
	CU_ASSERT_EQUAL_FATAL(node_options(&node, 5, argv, "", 0), -1);
	CU_ASSERT_EQUAL_FATAL(node_configure(&node, table, &settings, sizeof(settings)), -1);
	CU_ASSERT_EQUAL_FATAL(node_start(&node, &settings.node), -1);
	node_log(NODE_LOG_NOTICE, "before");
	node_log(NODE_LOG_DEBUG, "hidden");
	CU_ASSERT_EQUAL(rename(log_file, moved), 0);
	/* the log moved; the level changed */
	configure("number 3\nlog-level debug\n");
	hang_up();
	node_log(NODE_LOG_DEBUG, "after");
	CU_ASSERT_TRUE(content(moved) && strstr(text, "before") && !strstr(text, "after") && !strstr(text, "hidden"));
	CU_ASSERT_TRUE(content(log_file) && strstr(text, "after") && !strstr(text, "before"));
	CU_ASSERT_PTR_NULL(strstr(text, "restart"));
	/* a key that cannot change while running; the level is the default again */
	configure("number 4\n");
	hang_up();
	node_log(NODE_LOG_DEBUG, "quiet");
	CU_ASSERT_TRUE(content(log_file) && strstr(text, "wait for a restart") && !strstr(text, "quiet"));
	CU_ASSERT_EQUAL(settings.number, 3);
	/* a wrong file: nothing changes */
	configure("log-level debug\nnumber x\n");
	hang_up();
	node_log(NODE_LOG_DEBUG, "quiet");
	CU_ASSERT_TRUE(content(log_file) && strstr(text, "conf:2: ") && !strstr(text, "quiet"));
	node_end(&node);
	unlink(config);
	unlink(log_file);
	unlink(moved);
	rmdir(folder);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = { { "SIGHUP", test_hangup } };
	if (!mkdtemp(folder))
		return 1;
	return iuplus_cunit_run("node_reload", tests, 1);
}
