# SPDX-License-Identifier: BSD-2-Clause
# ranap/: RANAP messages as plain structs, the answers of TS 25.413 clause 10.
pkginclude_HEADERS += include/iuplus/ranap.h include/iuplus/ranap_messages.h
libiuplus_la_SOURCES += ranap/cn_deactivate_trace.c ranap/cn_invoke_trace.c ranap/codec.c ranap/common_id.c \
	ranap/conditional.c ranap/container.c ranap/data_volume_report.c ranap/diagnostics.c ranap/direct_information_transfer.c \
	ranap/direct_transfer.c ranap/enhanced.c ranap/enhanced_relocation_complete.c ranap/enhanced_relocation_complete_confirm.c \
	ranap/enhanced_relocation_information.c ranap/error_indication.c ranap/errors.c ranap/forward_srns_context.c \
	ranap/identity.c ranap/ie.c ranap/ie.h ranap/ie_criticality.c ranap/ie_criticality.h ranap/ie_diagnostics.h \
	ranap/ie_rows.c ranap/ie_rows.h ranap/information_transfer.c ranap/initial_ue_message.c ranap/iu_release.c \
	ranap/iu_release_request.c ranap/location_related_data.c ranap/location_report.c \
	ranap/location_reporting_control.c ranap/mbms_cn_de_registration.c ranap/mbms_rab_establishment_indication.c \
	ranap/mbms_rab_release.c ranap/mbms_registration.c ranap/mbms_session_start.c ranap/mbms_session_stop.c \
	ranap/mbms_session_update.c ranap/mbms_ue_linking.c ranap/overload_control.c ranap/paging.c \
	ranap/rab_assignment.c ranap/rab_modify_request.c ranap/rab_release_request.c ranap/relocation_cancel.c \
	ranap/relocation_complete.c ranap/relocation_detect.c ranap/relocation_information.c \
	ranap/relocation_preparation.c ranap/relocation_resource_allocation.c ranap/reroute_nas_request.c \
	ranap/reset.c ranap/reset_resource.c ranap/security_mode_control.c ranap/srns_context_transfer.c ranap/srns_data_forward.c \
	ranap/srvcc_preparation.c ranap/tables.c ranap/ue_radio_capability_match.c ranap/ue_registration_query.c \
	ranap/ue_specific_information.c ranap/uplink_information_exchange.c ranap/values.c ranap/values.h

ranap_samples = test/unit/ranap_samples.c test/unit/ranap_samples_rest.c test/unit/ranap_samples.h
check_PROGRAMS += test/unit/ranap_print
test_unit_ranap_print_SOURCES = test/unit/ranap_print.c $(ranap_samples)
test_unit_ranap_print_LDADD = libiuplus.la
ONCE_TESTS += test/oracle/ranap_tshark

if HAVE_CUNIT
check_PROGRAMS += test/unit/test_ranap test/unit/test_ranap_errors test/unit/test_ranap_messages test/unit/test_ranap_pdus
TESTS += test/unit/test_ranap test/unit/test_ranap_errors test/unit/test_ranap_messages test/unit/test_ranap_pdus
test_unit_test_ranap_SOURCES = test/unit/test_ranap.c $(ranap_samples)
test_unit_test_ranap_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_ranap_errors_SOURCES = test/unit/test_ranap_errors.c test/unit/ie_make.h $(ranap_samples)
test_unit_test_ranap_errors_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_ranap_messages_SOURCES = test/unit/test_ranap_messages.c
test_unit_test_ranap_messages_LDADD = libiuplus.la $(CUNIT_LIBS)
check_PROGRAMS += test/unit/test_ranap_received
TESTS += test/unit/test_ranap_received
test_unit_test_ranap_received_SOURCES = test/unit/test_ranap_received.c
test_unit_test_ranap_received_LDADD = libiuplus.la $(CUNIT_LIBS)
test_unit_test_ranap_pdus_SOURCES = test/unit/test_ranap_pdus.c
test_unit_test_ranap_pdus_LDADD = libiuplus.la $(CUNIT_LIBS)
endif

EXTRA_DIST += doc/messages.md test/oracle/ranap_tshark test/oracle/ranap_tshark.py test/vectors/ranap-messages.tsv \
	test/vectors/ranap-pdus.tsv
