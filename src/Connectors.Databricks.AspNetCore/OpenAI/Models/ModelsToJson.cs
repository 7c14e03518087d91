using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.OpenAI.Models;

/// <summary>Writes endpoints as the models of OpenAI. The creator of an endpoint is a person, and is not written.</summary>
internal static class ModelsToJson
{
    public static void WriteList(Utf8JsonWriter writer, IReadOnlyList<ServedModel> models)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            Write(writer, model);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ServedModel model)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, model.Name);
        writer.WriteString("object"u8, "model"u8);
        writer.WriteNumber("created"u8, model.CreatedAt);
        writer.WriteString("owned_by"u8, "databricks"u8);
        writer.WriteEndObject();
    }
}
