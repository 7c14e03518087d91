using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>Failures that arrive with status 200: pages, error documents, error events.</summary>
public class ErrorInOkBodyTests
{
    private const string Again = "Try again; if it stays, give the request id to Databricks support.";

    [Theory]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"It broke."}""")]
    [InlineData("""{"error":{"message":"It broke.","type":"server_error","code":"INTERNAL_ERROR"}}""")]
    public async Task An_error_document_is_an_error(string body)
    {
        var failure = await Failure.OfBody(HttpStatusCode.OK, body, headers: ("x-request-id", "7c1d"));

        Assert.Equal(
            $"Chat on endpoint 'some-endpoint' failed: an error object in a 200 OK body, INTERNAL_ERROR: \"It broke.\" {Again} (Request " +
            "id 7c1d.)",
            failure.Message);
        Assert.Equal(
            (HttpStatusCode.OK, "INTERNAL_ERROR", "It broke.", "7c1d", true),
            (failure.StatusCode!.Value, failure.ErrorCode, failure.ServiceMessage, failure.RequestId, failure.IsTransient));
    }

    [Theory]
    [InlineData(StreamErrorShape.OpenAI, "INTERNAL_ERROR")]
    [InlineData(StreamErrorShape.Databricks, "INTERNAL_ERROR")]
    [InlineData(StreamErrorShape.Responses, "INTERNAL_ERROR")]
    [InlineData(StreamErrorShape.Anthropic, "INTERNAL_ERROR")]
    [InlineData(StreamErrorShape.Text, null)]
    public async Task An_error_event_of_a_real_stream_is_an_error(StreamErrorShape shape, string? code)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama)
            .SendsErrorEvent(shape, message: "It broke.", thenDone: true).Replies("One two three.");
        var chat = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token)).GetChatClient(endpoint.Name);

        var failure = await Failure.OfStream(chat);

        Assert.Equal((code, "It broke.", true), (failure.ErrorCode, failure.ServiceMessage, failure.IsTransient));
    }

    [Fact]
    public async Task The_message_and_the_property_name_one_request_id()
    {
        const string Body =
            """{"error_code":"INTERNAL_ERROR","message":"It broke.","details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"inner"}]}""";

        var failure = await Failure.OfBody(HttpStatusCode.OK, Body, headers: ("x-request-id", "outer"));

        Assert.Equal(
            ("outer",
                $"Chat on endpoint 'some-endpoint' failed: an error object in a 200 OK body, INTERNAL_ERROR: \"It broke.\" {Again} " +
                "(Request id outer.)"),
            (failure.RequestId, failure.Message));
    }

    [Fact]
    public async Task A_guardrail_that_stops_a_stream_is_not_to_be_tried_again()
    {
        const string Block =
            """{"error_code":"BAD_REQUEST","message":"{\"output_guardrail\":[{\"pii_detection\":true}],\"finishReason\":\"output_guardrail_triggered\"}"}""";

        var failure = await Failure.OfStream(new VerbatimService().Streams(Exchange.Events(Block)));

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: the stream broke off with an error, BAD_REQUEST: " +
            "\"blocked by output_guardrail (pii_detection)\". Change the input, or the guardrail in the endpoint's AI Gateway settings.",
            failure.Message);
        Assert.Equal(("output_guardrail", false), (failure.Guardrail, failure.IsTransient));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_login_page_is_an_error(bool isStream)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama).ReturnsHtmlLogin();
        var chat = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token)).GetChatClient(endpoint.Name);

        var failure = isStream ? await Failure.OfStream(chat) : await Failure.Of(chat);

        Assert.Equal(
            $"{(isStream ? "Streaming chat" : "Chat")} on endpoint 'some-endpoint' failed: an HTML page with a success status: " +
            "\"Databricks - Sign In\". The response is an HTML page, as of a login page or a proxy: check that Host is the workspace " +
            $"address and that no proxy is in between. (Request id {endpoint.Requests[0].RequestId}.)",
            failure.Message);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [InlineData("<html><head><title>Sign in</title></head></html>")]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"choices\":[]} trailing")]
    public async Task What_is_not_json_is_malformed_and_not_quoted(string body)
    {
        var failure = await Failure.OfBody(HttpStatusCode.OK, body);

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: a response that is not the expected JSON. " +
            "If a proxy is in between, check it; otherwise give the request id to Databricks support.",
            failure.Message);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"conte")]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"cho\n")]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DO")]
    [InlineData("event: error\ndata: {\"error\":")]
    public async Task A_stream_that_ends_inside_an_event_is_cut_off(string events)
    {
        var failure = await Failure.OfStream(new VerbatimService().Streams(events));

        Assert.Equal(
            ("Streaming chat on endpoint 'some-endpoint' failed: the stream ended before its end marker; what arrived is incomplete. " +
                "Try again.",
                true),
            (failure.Message, failure.IsTransient));
    }

    [Fact]
    public async Task A_nonsense_event_named_message_is_not_passed_over()
    {
        var failure = await Failure.OfStream(
            new VerbatimService().Streams("event: message\ndata: {\"choices\":[{\"ind\n\ndata: [DONE]\n\n"));

        Assert.StartsWith(
            "Streaming chat on endpoint 'some-endpoint' failed: a response that is not the expected JSON.", failure.Message,
            StringComparison.Ordinal);
    }
}
