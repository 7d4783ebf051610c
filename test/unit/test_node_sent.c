/* SPDX-License-Identifier: BSD-2-Clause */
/* test_node_sent.c: what log and trace say about messages that were sent, and that could not be sent. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/node/node_iu.h"
#include "test/unit/cunit_main.h"

static char folder[] = "/tmp/iuplus-sent-XXXXXX";
static char log_path[64], events_path[64], text[4096];

static const char *content(const char *path)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	CU_ASSERT_TRUE(n >= 0);
	text[n < 0 ? 0 : n] = 0;
	close(fd);
	return text;
}

static void open_files(struct node *node)
{
	const char *failed;
	snprintf(log_path, sizeof(log_path), "%s/log", folder);
	snprintf(events_path, sizeof(events_path), "%s/events", folder);
	unlink(log_path);
	CU_ASSERT_EQUAL_FATAL(node_log_open("test", NODE_LOG_DEBUG, log_path), 0);
	CU_ASSERT_EQUAL_FATAL(node_trace_open(&node->trace, "test", events_path, NULL, NULL, &failed), 0);
}

static const struct iuplus_proc_action unitdata = {
	.kind = IUPLUS_ACT_IU_UNITDATA, .message = "ResetAcknowledge", .pdu = { (const uint8_t *)"x", 1 }
};

static void test_sent(void)
{
	static struct node node;
	open_files(&node);
	node_trace_sent(&node.trace, &unitdata, "rnc", 12.5, 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(content(log_path), "to rnc: ResetAcknowledge"));
	CU_ASSERT_PTR_NOT_NULL(strstr(content(events_path), "ResetAcknowledge"));
	CU_ASSERT_PTR_NOT_NULL(strstr(content(events_path), "12.5"));
	node_trace_close(&node.trace);
}

static const char *peer(const void *user, uint32_t point_code)
{
	(void)user;
	return point_code == 2 ? "rnc" : NULL;
}

/* No association to the peer: nothing can be sent, and nothing says that it was. */
static void test_not_sent(void)
{
	static struct node node = { .program = "test", .options = { .sctp = -1 } };
	static const struct node_iu_program program = { .peer = peer };
	struct node_iu iu = { .node = &node, .program = &program };
	struct node_iu_link link;
	struct iuplus_iu_config config = { .sctp = { .backend = IUPLUS_SCTP_USRSCTP, .local_ip = "127.0.0.1" },
					   .point_code = 1 };
	struct iuplus_proc_action connect = unitdata, data = unitdata;
	open_files(&node);
	CU_ASSERT_EQUAL_FATAL(node_loop_init(&node.loop), 0);
	CU_ASSERT_EQUAL_FATAL(node_iu_open(&iu, &config), -1);
	node_iu_link_add(&link, &iu, NULL);
	connect.kind = IUPLUS_ACT_IU_CONNECT;
	connect.message = "RelocationRequest";
	data.kind = IUPLUS_ACT_IU_SEND;
	data.message = "DirectTransfer";
	node_trace_sent(&node.trace, &unitdata, "rnc", 1, node_iu_unitdata(&iu, &unitdata, 2));
	node_trace_sent(&node.trace, &connect, "rnc", 1, node_iu_act(&link, &connect, 2));
	node_trace_sent(&node.trace, &data, "rnc", 1, node_iu_act(&link, &data, 2));
	CU_ASSERT_PTR_NOT_NULL(strstr(content(log_path), "ResetAcknowledge to rnc is lost: "));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "RelocationRequest to rnc is lost: "));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "DirectTransfer to rnc is lost: "));
	CU_ASSERT_PTR_NULL(strstr(text, ": to rnc: "));
	CU_ASSERT_STRING_EQUAL(content(events_path), "");
	node_iu_link_remove(&link);
	node_iu_close(&iu);
	node_loop_end(&node.loop);
	node_trace_close(&node.trace);
	unlink(log_path);
	unlink(events_path);
	rmdir(folder);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = { { "sent", test_sent }, { "not sent", test_not_sent } };
	if (!mkdtemp(folder))
		return 1;
	return iuplus_cunit_run("node_sent", tests, 2);
}
