using System.Runtime.CompilerServices;
using System.Text.Json;
using Connectors.Databricks.Models.Schemas;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// Reads the option for strict schemas, and transforms schemas for strict mode. The parameter is sent only on request: many endpoints
/// reject it.
/// </summary>
internal static class StrictOption
{
    // OpenAI's strict mode requires closed objects with every property required (serving reference §3.8).
    private static readonly AIJsonSchemaTransformCache StrictSchemas = new(new AIJsonSchemaTransformOptions
    {
        DisallowAdditionalProperties = true,
        ConvertBooleanSchemas = true,
        MoveDefaultKeywordToDescription = true,
        RequireAllProperties = true,
    });

    private static readonly ConditionalWeakTable<object, ClosedSchema> ClosedSchemas = [];

    public static bool In(params ReadOnlySpan<IReadOnlyDictionary<string, object?>?> places)
    {
        foreach (var place in places)
        {
            if (Flag(place, DatabricksPropertyNames.Strict) is { } isStrict)
            {
                return isStrict;
            }
        }

        return false;
    }

    /// <summary>Reads a Boolean from additional properties, or null when it is not set.</summary>
    public static bool? Flag(IReadOnlyDictionary<string, object?>? place, string name) =>
        place is null || !place.TryGetValue(name, out var value) ? null : value switch
        {
            bool flag => flag,
            JsonElement { ValueKind: JsonValueKind.True } => true,
            JsonElement { ValueKind: JsonValueKind.False } => false,
            null => false,
            _ => throw OptionExceptions.Invalid($"AdditionalProperties[\"{name}\"] is '{value}'. Use true or false."),
        };

    public static JsonElement Schema(AIFunctionDeclaration function, bool isStrict) =>
        isStrict ? Closed(function, StrictSchemas.GetOrCreateTransformedSchema(function)) : function.JsonSchema;

    public static JsonElement? Schema(ChatResponseFormatJson format, bool isStrict) =>
        isStrict && StrictSchemas.GetOrCreateTransformedSchema(format) is { } schema ? Closed(format, schema) : format.Schema;

    private static JsonElement Closed(object owner, JsonElement schema) =>
        ClosedSchemas.GetValue(owner, _ => new ClosedSchema(StrictKeywords.Apply(schema))).Schema;

    private sealed record ClosedSchema(JsonElement Schema);
}
