using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>The built-in table of models as endpoints, named as the pay-per-token endpoints of Databricks.</summary>
internal static class CapabilityTable
{
    private static readonly Lazy<ModelHubListing> LazyListing = new(() => new ModelHubListing(
        [
            .. DatabricksModelCapabilities.BuiltIn.Models
                .Where(model => !model.IsFamily && model.Lifecycle.Stage != DatabricksModelStage.Retired)
                .OrderBy(model => model.Name, StringComparer.Ordinal)
                .Select(model => DatabricksModelFactory.EndpointProfile(Document(model))),
        ],
        IsTable: true));

    public static ModelHubListing Listing => LazyListing.Value;

    private static string Document(DatabricksModelInfo model)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, $"databricks-{model.Name}");
            writer.WriteString("task"u8, TaskOf(model));
            writer.WriteStartObject("config"u8);
            writer.WriteStartArray("served_entities"u8);
            writer.WriteStartObject();
            writer.WriteString("name"u8, model.Name);
            writer.WriteStartObject("foundation_model"u8);
            writer.WriteString("name"u8, $"system.ai.{model.Name}");
            writer.WriteString("display_name"u8, model.DisplayName ?? model.Name);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string TaskOf(DatabricksModelInfo model) =>
        model.Embeddings is not null ? EndpointTask.Embeddings.Value
        : model.Surfaces is ["completions"] ? EndpointTask.Completions.Value
        : EndpointTask.Chat.Value;
}
