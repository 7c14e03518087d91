using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Shaping;

public class ToolShapingTests
{
    private const string Question = """[{"role":"user","content":"Hello?"}]""";

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gemini-2-5-pro")]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    public async Task A_strict_tool_is_offered_without_the_field_where_it_is_refused(string endpoint)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        var response = await service.Client().GetChatClient(endpoint).GetResponseAsync("Hello?", Options(strict: true));

        var function = JsonDocument.Parse(service.Sent[0].Body).RootElement.GetProperty("tools")[0].GetProperty("function");
        Assert.False(function.TryGetProperty("strict", out _));
        Assert.Contains("tools.strict left out!", response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public Task A_strict_tool_without_parameters_stays_in_googles_words() => Shaped.Sends(
        "databricks-gemini-3-1-pro",
        $$"""
        {
          "messages": {{Question}},
          "tools": [{"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object", "properties": {} } } }]
        }
        """,
        new ChatOptions { Tools = [Tool("{}")], AdditionalProperties = new() { [DatabricksPropertyNames.Strict] = true } },
        "tools.strict left out!");

    [Theory]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-gpt-oss-120b")]
    [InlineData("an-alias-of-mine")]
    public async Task A_strict_tool_stays_strict_elsewhere(string endpoint)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        var response = await service.Client().GetChatClient(endpoint).GetResponseAsync("Hello?", Options(strict: true));

        Assert.Contains("\"strict\":true", service.Sent[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("tools.strict left out!", response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5", false, "parallel_tool_calls left out!")]
    [InlineData("databricks-gemini-3-1-pro", true, "parallel_tool_calls left out")]
    [InlineData("databricks-llama-4-maverick", true, "parallel_tool_calls left out")]
    [InlineData("databricks-gpt-5-2", false, null)]
    [InlineData("an-alias-of-mine", false, null)]
    public async Task Whether_calls_may_be_parallel_is_told_to_models_that_listen(string endpoint, bool allow, string? change)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = Options(strict: false);
        options.AllowMultipleToolCalls = allow;

        var response = await service.Client().GetChatClient(endpoint).GetResponseAsync("Hello?", options);

        Assert.Equal(change is null, service.Sent[0].Body.Contains("parallel_tool_calls", StringComparison.Ordinal));
        Assert.Equal(change is null ? [] : [change], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public Task A_schema_loses_what_says_nothing_for_native_models() => Shaped.Sends(
        "databricks-meta-llama-3-3-70b-instruct",
        $$"""
        {
          "messages": {{Question}},
          "tools": [{"type": "function", "function": {"name": "f", "description": "d", "parameters": {
            "type": "object", "properties": {"city": {"type": "string", "enum": ["$schema"]} } } } }]
        }
        """,
        new ChatOptions { Tools = [Tool("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": true,
              "properties": {"city": {"type": "string", "enum": ["$schema"]}}
            }
            """)] },
        "tools.parameters rewritten: $schema, additionalProperties");

    [Fact]
    public async Task A_schema_is_rewritten_once_and_not_on_each_call()
    {
        var service = new VerbatimService().Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient("databricks-gemini-3-1-pro");
        var options = new ChatOptions { Tools = [Tool("""{"type":"object","properties":{"a":{"const":"b"}}}""")] };

        var first = await chat.GetResponseAsync("Hello?", options);
        var second = await chat.GetResponseAsync("Hello?", options);

        Assert.Equal(service.Sent[0].Body, service.Sent[1].Body);
        Assert.Equal(first.GetRequestAdjustments(), second.GetRequestAdjustments());
        Assert.Equal(["tools.parameters rewritten: const"], second.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public Task Json_without_a_schema_is_asked_of_claude_in_words() => Shaped.Sends(
        "databricks-claude-sonnet-4-5",
        """
        {"messages": [
          {"role": "system", "content": "Be brief.\n\nAnswer with one JSON object and nothing else: no explanation, and no code fence around it."},
          {"role": "user", "content": "Hello?"}
        ]}
        """,
        new ChatOptions { Instructions = "Be brief.", ResponseFormat = ChatResponseFormat.Json },
        "response_format json_object requested in the system message");

    [Fact]
    public Task Json_with_a_schema_goes_to_claude_as_it_is() => Shaped.Sends(
        "databricks-claude-sonnet-4-5",
        $$"""{"messages": {{Question}}, "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"$schema": "s"} } } }""",
        new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"$schema":"s"}""").RootElement, "n") });

    private static ChatOptions Options(bool strict) => new()
    {
        Tools = [Tool("""{"type":"object","properties":{"city":{"type":"string"}}}""")],
        AdditionalProperties = strict ? new() { [DatabricksPropertyNames.Strict] = true } : null,
    };

    private static AIFunctionDeclaration Tool(string schema) =>
        AIFunctionFactory.CreateDeclaration("f", "d", JsonDocument.Parse(schema).RootElement);
}
