using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>A block names the guardrail and its checks; the document repeats the user's own text, which must go nowhere.</summary>
public class GuardrailTests
{
    private const string Canary = "canary-4711";

    [Fact]
    public async Task An_input_block_names_guardrail_and_check()
    {
        var failure = await Failure.OfBody(HttpStatusCode.BadRequest, Blocked("input_guardrail"));

        Assert.Equal(
            ("input_guardrail", "BAD_REQUEST", "blocked by input_guardrail (pii_detection)", false),
            (failure.Guardrail, failure.ErrorCode, failure.ServiceMessage, failure.IsTransient));
        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: 400 Bad Request, BAD_REQUEST: \"blocked by input_guardrail (pii_detection)\". " +
            "Change the input, or the guardrail in the endpoint's AI Gateway settings.",
            failure.Message);
    }

    [Fact]
    public async Task An_output_block_names_its_categories()
    {
        var failure = await Failure.OfBody(
            HttpStatusCode.BadRequest,
            """{"error_code":"BAD_REQUEST","message":"{\"output_guardrail\":[{\"flagged\":true,\"categories\":{\"violent-crimes\":true,\"hate\":true,\"self-harm\":false},\"pii_detection\":false},{\"flagged\":true,\"categories\":{\"hate\":true}}],\"finishReason\":\"output_guardrail_triggered\"}"}""");

        Assert.Equal(
            ("output_guardrail", "blocked by output_guardrail (violent-crimes, hate)"), (failure.Guardrail, failure.ServiceMessage));
    }

    [Theory]
    [InlineData("""{"finishReason":"input_guardrail_triggered"}""")]
    [InlineData("""{"finishReason":"input_guardrail_triggered","input_guardrail":null}""")]
    [InlineData("""{"finishReason":"input_guardrail_triggered","input_guardrail":["odd",3,null,{"categories":"odd"}]}""")]
    public async Task A_block_that_names_no_check_is_still_a_block(string body)
    {
        var failure = await Failure.OfBody(HttpStatusCode.BadRequest, body);

        Assert.Equal(("input_guardrail", "blocked by input_guardrail (flagged)"), (failure.Guardrail, failure.ServiceMessage));
    }

    [Fact]
    public async Task The_input_that_the_document_repeats_is_never_quoted()
    {
        var failure = await Failure.OfBody(HttpStatusCode.BadRequest, Blocked("input_guardrail"));

        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "input_guardrail", "pii_detection")]
    [InlineData(false, false, "input_guardrail", "violent-crimes")]
    [InlineData(true, false, "output_guardrail", "violent-crimes")]
    public async Task A_block_over_a_real_connection_reads_the_same(bool onOutput, bool pii, string guardrail, string check)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Claude).BlocksByGuardrail(onOutput, pii);
        var chat = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token)).GetChatClient(endpoint.Name);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => chat.GetResponseAsync($"Write to {Canary}@example.com."));

        Assert.Equal((guardrail, $"blocked by {guardrail} ({check})"), (failure.Guardrail, failure.ServiceMessage));
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    private static string Blocked(string guardrail) =>
        $$"""
        {"error_code":"BAD_REQUEST","message":"{\"usage\":{\"prompt_tokens\":0,\"total_tokens\":0},\"{{guardrail}}\":[{\"flagged\":true,\"categories\":null,\"category_scores\":null,\"pii_detection\":true,\"anonymized_input\":[\"{{Canary}}\"]}],\"finishReason\":\"{{guardrail}}_triggered\"}"}
        """;
}
