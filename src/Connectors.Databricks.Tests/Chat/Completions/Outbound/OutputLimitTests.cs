using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class OutputLimitTests
{
    public static TheoryData<object> Limits =>
        new() { 2000, 2000L, JsonElement.Parse("2000"), JsonValue.Create(2000), JsonNode.Parse("2000")! };

    [Theory]
    [MemberData(nameof(Limits))]
    public Task A_limit_is_understood_in_every_form_it_comes_in(object limit) => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "thinking": {"type": "enabled", "budget_tokens": 1024}, "max_completion_tokens": 2000
        }
        """,
        Options(new() { ["max_completion_tokens"] = limit }));

    [Theory]
    [InlineData("\"much\"")]
    [InlineData("null")]
    [InlineData("0.5")]
    public Task A_limit_that_is_no_whole_number_is_the_callers_own_affair(string limit) => Outgoing.Sends(
        $$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "thinking": {"type": "enabled", "budget_tokens": 16384}, "max_tokens": {{limit}}
        }
        """,
        Options(new() { ["max_tokens"] = JsonElement.Parse(limit) }));

    [Fact]
    public Task A_typed_limit_takes_precedence_over_an_additional_property() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}], "max_tokens": 3000,
          "thinking": {"type": "enabled", "budget_tokens": 1500}
        }
        """,
        Options(new() { ["max_tokens"] = 2000 }, maxOutputTokens: 3000));

    [Fact]
    public Task A_base_document_names_the_limit_in_its_own_way_and_no_other_is_added() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"max_completion_tokens":2000}""",
        new ChatOptions
        {
            MaxOutputTokens = 3000,
            RawRepresentationFactory = _ => new JsonObject { ["max_completion_tokens"] = 2000 },
        });

    private static ChatOptions Options(AdditionalPropertiesDictionary additional, int? maxOutputTokens = null) => new()
    {
        ModelId = "databricks-claude-sonnet-4-5",
        Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
        MaxOutputTokens = maxOutputTokens,
        AdditionalProperties = additional,
    };
}
