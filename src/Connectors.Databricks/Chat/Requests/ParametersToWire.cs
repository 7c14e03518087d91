using System.Text.Json;
using Connectors.Databricks.ModelRecords;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// Writes the parameters of a function: always an object schema with its properties, also for a function that has none
/// ([issue tidyverse/ellmer#1084]).
/// </summary>
internal static class ParametersToWire
{
    /// <exception cref="ArgumentException">The schema does not describe an object.</exception>
    public static void Write(Utf8JsonWriter writer, ChatRequest request, AIFunctionDeclaration function, bool isStrict)
    {
        RequireObject(function);
        var schema = ShapedSchemas.Of(request, function, isStrict);
        var members = schema.ValueKind == JsonValueKind.Object ? schema : default;
        var hasProperties = Has(members, "properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        if (hasProperties && Has(members, "type", out var type) && type.ValueKind == JsonValueKind.String)
        {
            schema.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        WriteOthers(writer, members, hasProperties);
        if (!hasProperties)
        {
            writer.WriteStartObject("properties"u8);
            writer.WriteEndObject();
            var canBeClosed = request.Model.Tools.SchemaDialect != SchemaDialect.Google;
            if (isStrict && canBeClosed && !Has(members, "additionalProperties", out _))
            {
                // The transformation adds additionalProperties only to objects with properties.
                writer.WriteBoolean("additionalProperties"u8, false);
            }
        }

        writer.WriteEndObject();
    }

    private static void RequireObject(AIFunctionDeclaration function)
    {
        if (Has(function.JsonSchema, "type", out var type) && !NamesObject(type))
        {
            throw OptionExceptions.Invalid(
                $"The tool '{function.Name}' has parameters of type {type.GetRawText()}. Function parameters must be an object.");
        }
    }

    private static bool NamesObject(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => type.ValueEquals("object"u8),
        JsonValueKind.Array => type.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals("object"u8)),
        _ => false,
    };

    private static void WriteOthers(Utf8JsonWriter writer, JsonElement members, bool hasProperties)
    {
        if (members.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in members.EnumerateObject())
        {
            if (!member.NameEquals("type"u8) && (hasProperties || !member.NameEquals("properties"u8)))
            {
                member.WriteTo(writer);
            }
        }
    }

    private static bool Has(JsonElement schema, string name, out JsonElement member)
    {
        member = default;
        return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out member);
    }
}
