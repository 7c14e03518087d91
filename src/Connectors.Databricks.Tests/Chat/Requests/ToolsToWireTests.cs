using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Requests;

public class ToolsToWireTests
{
    [Fact]
    public Task A_function_is_offered_with_its_schema() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {
            "name": "lookup_series", "description": "Fetches a series.",
            "parameters": {
              "type": "object",
              "properties": {"id": {"description": "The series.", "type": "string"}, "last": {"type": "integer", "default": 12}},
              "required": ["id"]
            }
          }}]
        }
        """,
        new ChatOptions
        {
            Tools = [AIFunctionFactory.Create(
                ([Description("The series.")] string id, int last = 12) => id + last, "lookup_series", "Fetches a series.")],
        });

    [Fact]
    public Task A_declaration_is_offered_like_a_function() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {
            "name": "approve", "description": "Asks a human.",
            "parameters": {"type": "object", "properties": {"what": {"type": "string"}}}
          }}]
        }
        """,
        new ChatOptions
        {
            Tools = [Declaration("approve", """{"type":"object","properties":{"what":{"type":"string"}}}""", "Asks a human.")],
        });

    [Fact]
    public Task A_function_without_parameters_has_an_empty_schema() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {
            "name": "now", "description": "Tells the time.", "parameters": {"type": "object", "properties": {}}
          }}]
        }
        """,
        new ChatOptions { Tools = [AIFunctionFactory.Create(() => "noon", "now", "Tells the time.")] });

    [Theory]
    [InlineData("{}", """{"type":"object","properties":{}}""")]
    [InlineData("true", """{"type":"object","properties":{}}""")]
    [InlineData("""{"type":"object"}""", """{"type":"object","properties":{}}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
    [InlineData("""{"title":"T"}""", """{"type":"object","title":"T","properties":{}}""")]
    [InlineData("""{"type":["object","null"],"properties":null,"title":"T"}""", """{"type":"object","title":"T","properties":{}}""")]
    public Task A_schema_is_completed_to_one_of_an_object(string given, string sent) => Outgoing.Sends(
        $$$"""
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {"name": "f", "description": "", "parameters": {{{sent}}}}}]
        }
        """,
        new ChatOptions { Tools = [Declaration("f", given)] });

    [Theory]
    [InlineData("""{"type":"string"}""", "\"string\"")]
    [InlineData("""{"type":["array","null"]}""", "[\"array\",\"null\"]")]
    public async Task A_schema_of_anything_but_an_object_is_refused(string given, string type)
    {
        var exception = await Outgoing.Refusal<ArgumentException>(Some.Question(), new ChatOptions { Tools = [Declaration("f", given)] });

        Assert.StartsWith(
            $"The tool 'f' has parameters of type {type}. Function parameters must be an object.", exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public Task Many_tools_keep_their_order() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [
            {"type": "function", "function": {"name": "b", "description": "", "parameters": {"type": "object", "properties": {}}}},
            {"type": "function", "function": {"name": "a", "description": "", "parameters": {"type": "object", "properties": {}}}}
          ]
        }
        """,
        new ChatOptions { Tools = [Declaration("b"), Declaration("a")] });

    [Fact]
    public Task An_empty_list_of_tools_is_not_sent() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { Tools = [] });

    [Fact]
    public Task A_tool_is_strict_when_it_is_declared_strict() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [
            {"type": "function", "function": {
              "name": "exact", "description": "",
              "parameters": {
                "type": "object",
                "properties": {"a": {"type": "string"}, "b": {"type": ["string", "null"], "description": "Default value: null"}},
                "required": ["a", "b"], "additionalProperties": false
              },
              "strict": true
            }},
            {"type": "function", "function": {"name": "easy", "description": "", "parameters": {"type": "object", "properties": {}}}}
          ]
        }
        """,
        new ChatOptions { Tools = [StrictFunction((string a, string? b = null) => a + b, strict: true), Declaration("easy")] });

    [Fact]
    public Task Every_tool_is_strict_when_the_options_are_strict() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {
            "name": "f", "description": "",
            "parameters": {
              "type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false, "required": ["a"]
            },
            "strict": true
          }}]
        }
        """,
        new ChatOptions
        {
            Tools = [Declaration("f", """{"type":"object","properties":{"a":{"type":"string"}}}""")],
            AdditionalProperties = new() { ["strict"] = true },
        });

    [Fact]
    public Task The_strictness_of_a_tool_takes_precedence_over_the_options() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {
            "name": "exact", "description": "",
            "parameters": {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
          }}]
        }
        """,
        new ChatOptions
        {
            Tools = [StrictFunction((string a) => a, strict: false)],
            AdditionalProperties = new() { ["strict"] = true },
        });

    [Theory]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("""{"type":"object"}""")]
    public Task A_strict_tool_without_parameters_is_closed_too(string schema) => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [{"type": "function", "function": {
            "name": "f", "description": "",
            "parameters": {"type": "object", "properties": {}, "additionalProperties": false}, "strict": true
          }}]
        }
        """,
        new ChatOptions { Tools = [Declaration("f", schema)], AdditionalProperties = new() { ["strict"] = true } });

    [Fact]
    public async Task A_tool_of_another_kind_is_refused_by_name() => Assert.Equal(
        "ChatOptions.Tools contains a HostedWebSearchTool, which chat of Databricks Model Serving does not support. " +
        "Use an AIFunction or another AIFunctionDeclaration.",
        (await Outgoing.Refusal<NotSupportedException>(new ChatOptions { Tools = [new HostedWebSearchTool()] })).Message);

    [Fact]
    public async Task A_null_among_the_tools_is_refused() => Assert.Equal(
        "ChatOptions.Tools contains a null, which chat of Databricks Model Serving does not support. " +
        "Use an AIFunction or another AIFunctionDeclaration.",
        (await Outgoing.Refusal<NotSupportedException>(new ChatOptions { Tools = [Declaration("f"), null!] })).Message);

    [Fact]
    public Task Tools_of_the_options_follow_those_of_the_base_document() => Outgoing.Sends(
        """
        {
          "messages": [{"role": "user", "content": "Hello?"}],
          "tools": [
            {"type": "builtin"},
            {"type": "function", "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {}}}}
          ]
        }
        """,
        new ChatOptions
        {
            Tools = [Declaration("f")],
            RawRepresentationFactory = _ => JsonNode.Parse("""{"tools":[{"type":"builtin"}]}"""),
        });

    internal static AIFunctionDeclaration Declaration(string name, string schema = "{}", string? description = null) =>
        AIFunctionFactory.CreateDeclaration(name, description, JsonElement.Parse(schema));

    private static AIFunction StrictFunction(Delegate method, bool strict) => AIFunctionFactory.Create(
        method,
        new AIFunctionFactoryOptions { Name = "exact", AdditionalProperties = new Dictionary<string, object?> { ["strict"] = strict } });
}
