using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Outbound;

/// <summary>JSON of the caller with the names of chat completions, and members of an object that the connector writes, too.</summary>
public class ChatParametersTests
{
    private const string Gpt = "system.ai.gpt-5-2";
    private const string Claude = "system.ai.claude-sonnet-4-5";

    [Theory]
    [InlineData(Gpt, """{"max_tokens":5}""", """{"max_output_tokens":5}""")]
    [InlineData(Gpt, """{"max_completion_tokens":5}""", """{"max_output_tokens":5}""")]
    [InlineData(Gpt, """{"reasoning_effort":"minimal"}""", """{"reasoning":{"effort":"minimal"}}""")]
    [InlineData(Claude, """{"output_config":{"effort":"max"}}""", """{"reasoning":{"effort":"max"}}""")]
    [InlineData(Claude, """{"thinking":{"type":"enabled","budget_tokens":1024}}""", """{"reasoning":{"effort":"low"}}""")]
    [InlineData(Claude, """{"thinking":{"type":"enabled","budget_tokens":4096}}""", """{"reasoning":{"effort":"medium"}}""")]
    [InlineData(Claude, """{"thinking":{"type":"enabled","budget_tokens":16384}}""", """{"reasoning":{"effort":"high"}}""")]
    [InlineData(Claude, """{"thinking":{"type":"enabled","budget_tokens":40000}}""", """{"reasoning":{"effort":"xhigh"}}""")]
    [InlineData(Claude, """{"thinking":{"type":"disabled"}}""", "{}")]
    [InlineData(Claude, """{"reasoning_effort":7}""", """{"reasoning_effort":7}""")]
    [InlineData(Claude, """{"thinking":{"type":"adaptive"}}""", """{"thinking":{"type":"adaptive"}}""")]
    [InlineData(Gpt, """{"stop":"x","n":2}""", "{}")]
    public async Task Names_of_chat_completions_are_translated(string model, string given, string sent)
    {
        Assert.Equal(sent, await SentAsync(model, new(), given, isBase: false));
        Assert.Equal(sent, await SentAsync(model, new(), given, isBase: true));
    }

    [Theory]
    [InlineData("""{"max_tokens":5,"reasoning_effort":"high"}""", false, """{"max_output_tokens":9,"reasoning":{"effort":"low"}}""")]
    [InlineData("""{"max_tokens":5,"reasoning_effort":"high"}""", true, """{"max_output_tokens":5,"reasoning":{"effort":"high"}}""")]
    [InlineData("""{"reasoning":{"summary":"concise","effort":"high"}}""", false, """{"max_output_tokens":9,"reasoning":{"effort":"low","summary":"concise"}}""")]
    [InlineData("""{"reasoning":{"summary":"concise"}}""", true, """{"max_output_tokens":9,"reasoning":{"summary":"concise","effort":"low"}}""")]
    public async Task The_base_document_takes_precedence_over_options_and_these_over_additional_properties(
        string given, bool isBase, string sent) => Assert.Equal(
            sent,
            await SentAsync(Gpt, new() { MaxOutputTokens = 9, Reasoning = new() { Effort = ReasoningEffort.Low } }, given, isBase));

    [Theory]
    [InlineData("""{"text":{"verbosity":"low"}}""", false, """{"text":{"format":{"type":"json_object"},"verbosity":"low"}}""")]
    [InlineData("""{"text":{"verbosity":"low"}}""", true, """{"text":{"verbosity":"low","format":{"type":"json_object"}}}""")]
    [InlineData("""{"text":{"format":{"type":"text"}}}""", false, """{"text":{"format":{"type":"json_object"}}}""")]
    [InlineData("""{"text":{"format":{"type":"text"}}}""", true, """{"text":{"format":{"type":"text"}}}""")]
    [InlineData("""{"text":"low"}""", true, """{"text":"low"}""")]
    public async Task A_response_format_and_other_members_of_text_are_one_object(string given, bool isBase, string sent) => Assert.Equal(
        sent, await SentAsync("system.ai.kimi-k3", new() { ResponseFormat = ChatResponseFormat.Json }, given, isBase));

    [Theory]
    [InlineData("""{"include":["message.output_text.logprobs"]}""", false, """["reasoning.encrypted_content","message.output_text.logprobs"]""")]
    [InlineData("""{"include":["reasoning.encrypted_content"]}""", false, """["reasoning.encrypted_content"]""")]
    [InlineData("""{"include":[]}""", true, "[]")]
    public async Task Included_members_are_added_to_those_of_the_connector(string given, bool isBase, string sent) =>
        Assert.Equal(sent, (await BodyAsync(Gpt, new(), given, isBase)).Body["include"]!.ToJsonString());

    [Fact]
    public async Task A_budget_is_reported()
    {
        var (_, response) = await BodyAsync(Claude, new(), """{"thinking":{"type":"enabled","budget_tokens":5000}}""", isBase: false);

        var adjustment = Assert.Single(response.GetRequestAdjustments());
        Assert.Equal(
            ("thinking", "a budget of 5000 tokens became the effort medium", true),
            (adjustment.Field, adjustment.Change, adjustment.AffectsAnswer));
    }

    // Without what every request has.
    private static async Task<string> SentAsync(string model, ChatOptions options, string given, bool isBase)
    {
        var (body, _) = await BodyAsync(model, options, given, isBase);
        foreach (var name in (string[])["model", "input", "include", "instructions"])
        {
            body.Remove(name);
        }

        return body.ToJsonString();
    }

    private static async Task<(JsonObject Body, ChatResponse Response)> BodyAsync(
        string model, ChatOptions options, string given, bool isBase)
    {
        var service = new VerbatimService().Answers("""{"output":[{"type":"message","role":"assistant","content":"Hi."}]}""");
        options = options.Clone();
        var json = JsonNode.Parse(given)!.AsObject();
        if (isBase)
        {
            options.RawRepresentationFactory = _ => json;
        }
        else
        {
            options.AdditionalProperties = new(json.Select(member => KeyValuePair.Create(member.Key, (object?)member.Value?.DeepClone())));
        }

        var response = await service.Client(ResponsesRequestTests.Responses).GetChatClient(model).GetResponseAsync("Hi", options);
        return (JsonNode.Parse(service.Sent.Single().Body)!.AsObject(), response);
    }
}
