using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Completions;

/// <summary>Completion endpoints as serving reference §7.1 has them.</summary>
public class CompletionHandlerTests
{
    [Fact]
    public async Task An_answer_has_the_members_of_the_service()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode answer = JsonNode.Parse(await wire.ReadAsync("text-base", """{"prompt":"Say 'ok'"}"""))!;

        Assert.StartsWith("cmpl_", answer["id"]!.GetValue<string>(), StringComparison.Ordinal);
        answer["id"] = "cmpl_1";
        Wire.SameJson(
            """
            {"id":"cmpl_1","object":"text_completion","created":1790000000,"model":"text-base",
             "choices":[{"index":0,"text":"ok","finish_reason":"stop","logprobs":null}],
             "usage":{"prompt_tokens":4,"completion_tokens":1,"total_tokens":5}}
            """,
            answer.ToJsonString());
    }

    [Fact]
    public async Task A_stream_ends_with_the_reason_and_the_counts()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("text-base").Replies("one two");

        string events = await wire.ReadAsync("text-base", """{"prompt":"Count","stream":true}""");

        Assert.Equal(4, events.Split("data: ").Length - 1);
        Assert.Contains("\"text\":\" two\",\"finish_reason\":null", events, StringComparison.Ordinal);
        Assert.Contains(
            "\"text\":\"\",\"finish_reason\":\"stop\",\"logprobs\":null}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}",
            events, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"prompt":"x","messages":[]}""", "json: unknown field \\\"messages\\\"")]
    [InlineData("{}", "prompt: a string or a list of strings is required")]
    [InlineData("""{"prompt":[]}""", "prompt: a string or a list of strings is required")]
    [InlineData("""{"prompt":[1]}""", "prompt: a string or a list of strings is required")]
    public async Task What_the_model_does_not_take_is_refused(string body, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            $$"""400 {"error_code":"BAD_REQUEST","message":"Bad request: {{message}}\n"}""", await wire.AskAsync("text-base", body));
    }
}
