using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Requests;

public class ResponseFormatToWireTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        """{"type":"object","properties":{"total":{"type":"number"},"note":{"type":"string","default":"none"}},"required":["total"]}""");

    [Fact]
    public Task Free_text_is_named() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"response_format":{"type":"text"}}""",
        new ChatOptions { ResponseFormat = ChatResponseFormat.Text });

    [Fact]
    public Task Any_json_is_a_json_object() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"response_format":{"type":"json_object"}}""",
        new ChatOptions { ResponseFormat = ChatResponseFormat.Json });

    [Fact]
    public Task A_schema_is_sent_with_its_name_and_description() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "response_format": {"type": "json_schema", "json_schema": {
            "name": "invoice", "description": "An invoice.",
            "schema": {
              "type": "object",
              "properties": {"total": {"type": "number"}, "note": {"type": "string", "default": "none"}},
              "required": ["total"]
            }
          }}
        }
        """,
        new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "invoice", "An invoice.") });

    [Fact]
    public Task A_strict_schema_is_closed_and_requires_everything() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "response_format": {"type": "json_schema", "json_schema": {
            "name": "invoice", "strict": true,
            "schema": {
              "type": "object",
              "properties": {"total": {"type": "number"}, "note": {"type": "string", "description": "Default value: \"none\""}},
              "required": ["total", "note"],
              "additionalProperties": false
            }
          }}
        }
        """,
        new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "invoice"),
            AdditionalProperties = new() { ["strict"] = true },
        });

    [Theory]
    [InlineData("Page`1[Item]", "Page_1_Item_")]
    [InlineData("Rechnung für März", "Rechnung_f_r_M_rz")]
    [InlineData("a.b/c", "a_b_c")]
    [InlineData("kept-as_it-is9", "kept-as_it-is9")]
    [InlineData("", "response")]
    [InlineData("  ", "response")]
    [InlineData(null, "response")]
    [InlineData(
        "A123456789B123456789C123456789D123456789E123456789F123456789G123456789",
        "A123456789B123456789C123456789D123456789E123456789F123456789G123")]
    public Task A_schema_gets_a_name_that_the_service_accepts(string? given, string sent) => Outgoing.Sends(
        $$$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "response_format": {"type": "json_schema", "json_schema": {"name": "{{{sent}}}", "schema": {"type": "object"}
          }}
        }
        """,
        new ChatOptions { ResponseFormat = new ChatResponseFormatJson(JsonElement.Parse("""{"type":"object"}"""), given) });

    [Fact]
    public Task An_empty_description_is_not_sent() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "response_format": {"type": "json_schema", "json_schema": {"name": "invoice", "schema": {"type": "object"}}}
        }
        """,
        new ChatOptions { ResponseFormat = new ChatResponseFormatJson(JsonElement.Parse("""{"type":"object"}"""), "invoice", "") });

    [Fact]
    public Task Strict_mode_without_a_schema_changes_nothing() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"response_format":{"type":"json_object"}}""",
        new ChatOptions { ResponseFormat = ChatResponseFormat.Json, AdditionalProperties = new() { ["strict"] = true } });
}
