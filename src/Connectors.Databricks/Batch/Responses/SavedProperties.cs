using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>
/// Additional properties in a checkpoint. Microsoft.Extensions.AI reads each value as a <see cref="JsonElement"/>; this restores the types
/// that <see cref="DatabricksPropertyNames"/> documents.
/// </summary>
internal static class SavedProperties
{
    /// <summary>
    /// The properties that are a <see cref="JsonElement"/> of any kind; all others are a string, a Boolean value or an index.
    /// </summary>
    private static readonly HashSet<string> Elements = new(StringComparer.OrdinalIgnoreCase)
    {
        DatabricksPropertyNames.DatabricksOutput, DatabricksPropertyNames.CustomOutputs, DatabricksPropertyNames.LogProbs,
        DatabricksPropertyNames.ToolCallExtras, DatabricksPropertyNames.ContentPart, DatabricksPropertyNames.RequestAdjustments,
        DatabricksPropertyNames.ServicePolicyDenial,
    };

    public static bool CanWrite(AdditionalPropertiesDictionary? properties)
    {
        if (properties is not null)
        {
            foreach (var (_, value) in properties)
            {
                if (value is not (string or bool or JsonElement))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public static void Write(Utf8JsonWriter writer, JsonEncodedText name, AdditionalPropertiesDictionary? properties)
    {
        if (properties is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in properties)
        {
            writer.WritePropertyName(key);
            switch (value)
            {
                case string text:
                    writer.WriteStringValue(text);
                    break;
                case bool flag:
                    writer.WriteBooleanValue(flag);
                    break;
                default:
                    ((JsonElement)value!).WriteTo(writer);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    public static void Restore(ChatResponse response)
    {
        Restore(response.AdditionalProperties);
        foreach (var message in response.Messages)
        {
            Restore(message.AdditionalProperties);
            foreach (var content in message.Contents)
            {
                Restore(content.AdditionalProperties);
                foreach (var annotation in content.Annotations ?? [])
                {
                    Restore(annotation.AdditionalProperties);
                }

                if (content is FunctionResultContent { Result: JsonElement { ValueKind: JsonValueKind.String } text } result)
                {
                    result.Result = text.GetString();
                }
            }
        }
    }

    public static void Restore(AdditionalPropertiesDictionary? properties)
    {
        foreach (var (name, value) in properties?.ToArray() ?? [])
        {
            if (value is JsonElement element && !Elements.Contains(name))
            {
                properties![name] = element.ValueKind switch
                {
                    JsonValueKind.String => element.GetString(),
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    JsonValueKind.Number when element.TryGetInt32(out var index) => index,
                    _ => element,
                };
            }
        }
    }
}
