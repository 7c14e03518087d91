using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>
/// Whether a strict schema was asked for, and what a strict schema looks like. Without the wish nothing is sent: many endpoints refuse
/// the field.
/// </summary>
internal static class StrictOption
{
    // OpenAI's strict mode wants closed objects with every property required (serving reference §3.8).
    private static readonly AIJsonSchemaTransformCache StrictSchemas = new(new AIJsonSchemaTransformOptions
    {
        DisallowAdditionalProperties = true,
        ConvertBooleanSchemas = true,
        MoveDefaultKeywordToDescription = true,
        RequireAllProperties = true,
    });

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

    /// <summary>A wish of yes or no among additional properties; null when there is none.</summary>
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
        isStrict ? StrictSchemas.GetOrCreateTransformedSchema(function) : function.JsonSchema;

    public static JsonElement? Schema(ChatResponseFormatJson format, bool isStrict) =>
        isStrict ? StrictSchemas.GetOrCreateTransformedSchema(format) : format.Schema;
}
