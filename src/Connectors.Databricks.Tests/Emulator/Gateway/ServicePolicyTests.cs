using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>The denial of a service policy, which is a 200, on the wire.</summary>
public class ServicePolicyTests
{
    [Fact]
    public async Task A_denied_request_is_a_200_with_the_policy()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").DeniesByServicePolicy(reason: "PII");

        Assert.Equal(
            """
            200 {"id":"databricks-guardrail-block","object":"chat.completion","created":0,
              "choices":[{"index":0,"message":{"role":"assistant",
              "content":"This request was blocked by the 'p1' service policy."},"finish_reason":"content_filter"}],
              "usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0},
              "databricks_service_policy":{"name":"p1","action":"deny","phase":"pre_call","reason":"PII"}}
            """.ReplaceLineEndings("\n").Replace("\n  ", "", StringComparison.Ordinal),
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3")));
    }

    [Fact]
    public async Task A_denied_stream_is_one_chunk()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").DeniesByServicePolicy(reason: "PII");

        Assert.Equal(
            """
            200 data: {"id":"databricks-guardrail-block","object":"chat.completion.chunk","created":0,
              "choices":[{"index":0,"delta":{"role":"assistant",
              "content":"This request was blocked by the 'p1' service policy."},"finish_reason":"content_filter"}],
              "usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0},
              "databricks_service_policy":{"name":"p1","action":"deny","phase":"pre_call","reason":"PII"}}

            data: [DONE]


            """.ReplaceLineEndings("\n").Replace("\n  ", "", StringComparison.Ordinal),
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3", "\"stream\":true,")));
    }

    [Theory]
    [InlineData(ServicePolicyDenialStyle.Action, "\"finish_reason\":\"content_filter\"", "\"action\":\"deny\"")]
    [InlineData(ServicePolicyDenialStyle.Result, "\"finish_reason\":\"content_filter\"", "\"result\":\"DENY\"")]
    [InlineData(ServicePolicyDenialStyle.StopFinishReason, "\"finish_reason\":\"stop\"", "\"action\":\"deny\"")]
    [InlineData(ServicePolicyDenialStyle.WithoutObject, "\"finish_reason\":\"content_filter\"", "databricks-guardrail-block")]
    [InlineData(ServicePolicyDenialStyle.WithoutChoices, "\"created\":0,\"finish_reason\":\"content_filter\"", "\"action\":\"deny\"")]
    public async Task A_denial_has_every_spelling_that_was_published(ServicePolicyDenialStyle style, string finish, string mark)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").DeniesByServicePolicy(onOutput: true, style: style);

        string answer = await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3"));

        Assert.Contains(finish, answer, StringComparison.Ordinal);
        Assert.Contains(mark, answer, StringComparison.Ordinal);
        Assert.Equal(style != ServicePolicyDenialStyle.WithoutChoices, answer.Contains("\"choices\":[", StringComparison.Ordinal));
        Assert.Equal(
            style != ServicePolicyDenialStyle.WithoutObject, answer.Contains("databricks_service_policy", StringComparison.Ordinal));
        Assert.Equal(style != ServicePolicyDenialStyle.WithoutObject, answer.Contains("\"phase\":\"post_call\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_can_be_denied_after_some_text()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").DeniesByServicePolicy(onOutput: true, textBefore: "My secret");

        string answer = await wire.SendAsync(
            HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3", "\"stream\":true,"));

        Assert.Equal(4, answer.Split("data: ").Length - 1);
        Assert.Contains("This response was blocked by the 'p1' service policy.", answer, StringComparison.Ordinal);
    }
}
