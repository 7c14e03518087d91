using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class StrictOptionTests
{
    private const string Strict =
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "response_format": {"type": "json_schema", "json_schema": {
            "name": "answer", "strict": true, "schema": {"type": "object", "properties": {}, "additionalProperties": false, "required": []}
          }}
        }
        """;

    private const string Loose =
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "response_format": {"type": "json_schema", "json_schema": {
            "name": "answer", "schema": {"type": "object", "properties": {}}
          }}
        }
        """;

    [Fact]
    public Task A_schema_is_strict_when_asked() => Outgoing.Sends(Strict, Options(true));

    [Fact]
    public Task The_strict_option_survives_stored_options() => Outgoing.Sends(Strict, Options(JsonElement.Parse("true")));

    [Fact]
    public Task A_schema_is_not_strict_when_that_is_denied() => Outgoing.Sends(Loose, Options(false));

    [Fact]
    public Task The_denial_survives_stored_options() => Outgoing.Sends(Loose, Options(JsonElement.Parse("false")));

    [Fact]
    public Task A_null_is_not_set() => Outgoing.Sends(Loose, Options(null));

    [Theory]
    [InlineData("yes", "'yes'")]
    [InlineData(1, "'1'")]
    public async Task A_strict_option_that_is_neither_true_nor_false_is_rejected(object strict, string quoted) => Assert.Equal(
        $"AdditionalProperties[\"strict\"] is {quoted}. Use true or false. (Parameter 'options')",
        (await Outgoing.Refusal<ArgumentException>(Options(strict))).Message);

    [Fact]
    public Task The_strict_option_is_never_a_field_of_its_own() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { AdditionalProperties = new() { ["Strict"] = true } });

    private static ChatOptions Options(object? strict) => new()
    {
        ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object","properties":{}}"""), "answer"),
        AdditionalProperties = new() { ["strict"] = strict },
    };
}
