using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>A request with everything in it that some family of models refuses.</summary>
internal static class RichRequest
{
    public static List<ChatMessage> Conversation() =>
    [
        new(ChatRole.System, "You are a weather forecaster."),
        new(ChatRole.User,
        [
            new TextContent("What is the weather in both cities of this picture?"), new TextContent(string.Empty),
            new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
        ])
        { AuthorName = "Ada" },
        new(ChatRole.Assistant,
        [
            new TextContent("I will look."),
            new FunctionCallContent("call_1", "get_weather", new Dictionary<string, object?> { ["city"] = "Utrecht" }),
            new FunctionCallContent("call_2", "get_weather", new Dictionary<string, object?> { ["city"] = "Delft" }),
        ])
        { AuthorName = "Forecaster" },
        new(ChatRole.Tool, [new FunctionResultContent("call_1", "sunny")]),
        new(ChatRole.Tool, [new FunctionResultContent("call_2", string.Empty)]),
        new(ChatRole.System, "Answer briefly."),
        new(ChatRole.User, "Summarize it."),
    ];

    public static ChatOptions Options() => new()
    {
        Temperature = 0.5f,
        TopP = 0.9f,
        TopK = 20,
        FrequencyPenalty = 0.1f,
        PresencePenalty = 0.1f,
        Seed = 7,
        MaxOutputTokens = 5000,
        StopSequences = ["THE END"],
        AllowMultipleToolCalls = false,
        Reasoning = new ReasoningOptions { Effort = ReasoningEffort.ExtraHigh, Output = ReasoningOutput.Summary },
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "properties": { "summary": { "type": "string" }, "mood": { "enum": ["good", "bad"] } }
            }
            """)),
        Tools = [Weather(), AIFunctionFactory.CreateDeclaration("now", "The time.", Schema("{}"))],
        AdditionalProperties = new() { [DatabricksPropertyNames.Strict] = true },
    };

    private static AIFunctionDeclaration Weather() =>
        AIFunctionFactory.CreateDeclaration("get_weather", "The weather in a city.", Schema("""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "city": { "type": "string", "examples": ["Utrecht"] },
            "days": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
            "level": { "type": "integer", "enum": [1, 2] },
            "since": { "type": "string", "format": "date" },
            "unit": { "const": "celsius" },
            "place": { "$ref": "#/$defs/place" },
            "region": { "anyOf": [{ "type": "string", "format": "uuid" }, { "type": "null" }] },
            "tags": { "type": "array" }
          },
          "required": ["city"],
          "additionalProperties": true,
          "$defs": { "place": { "type": "object", "properties": { "lat": { "type": "number" } }, "additionalProperties": false } }
        }
        """));

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement;
}
