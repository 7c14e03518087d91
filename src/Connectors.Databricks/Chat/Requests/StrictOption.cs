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
        isStrict ? Strict(function) ?? function.JsonSchema : function.JsonSchema;

    public static JsonElement? Schema(ChatResponseFormatJson format, bool isStrict) =>
        isStrict ? Strict(format) ?? format.Schema : format.Schema;

    /// <returns>The transformed schema; null when a part of it is no schema, or occurs twice.</returns>
    public static JsonElement? Strict(AIFunctionDeclaration function) =>
        Closed(function, static function => StrictSchemas.GetOrCreateTransformedSchema(function));

    /// <inheritdoc cref="Strict(AIFunctionDeclaration)"/>
    public static JsonElement? Strict(ChatResponseFormatJson format) =>
        Closed(format, static format => StrictSchemas.GetOrCreateTransformedSchema(format));

    private static JsonElement? Closed<T>(T owner, Func<T, JsonElement?> transform)
        where T : class
    {
        if (!ClosedSchemas.TryGetValue(owner, out var closed))
        {
            closed = ClosedSchemas.GetValue(owner, _ => Closed(() => transform(owner)));
        }

        return closed.Schema;
    }

    private static ClosedSchema Closed(Func<JsonElement?> transform)
    {
        try
        {
            return new ClosedSchema(transform() is { } schema ? StrictKeywords.Apply(schema) : null);
        }
        catch (ArgumentException)
        {
            // Microsoft.Extensions.AI transforms only what is a schema throughout; servers publish others.
            return new ClosedSchema(null);
        }
    }

    private sealed record ClosedSchema(JsonElement? Schema);
}
