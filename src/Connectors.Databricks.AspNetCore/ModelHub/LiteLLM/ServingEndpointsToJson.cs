using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.ModelHub.Endpoints;
using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ModelHub.LiteLLM;

/// <summary>Writes profiles as LiteLLM's <c>/public/databricks/serving_endpoints</c> does.</summary>
internal sealed class ServingEndpointsToJson(DatabricksModelHubOptions options)
{
    // The members of a configuration that are written. Environment variables and credentials of providers are none of them.
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "name", "entity_name", "entity_version", "model_name", "model_version", "workload_size", "workload_type", "scale_to_zero_enabled",
        "external_model", "provider", "task", "foundation_model", "display_name", "description", "state", "deployment",
        "deployment_state_message", "min_provisioned_throughput", "max_provisioned_throughput", "provisioned_model_units",
        "creation_timestamp", "creator", "traffic_percentage", "pay_per_token_config", "provisioned_throughput_config",
        "external_model_config", "target", "model", "model_provider_service", "model_serving_endpoint",
    };

    private readonly bool _includesCreators = options.IncludeCreators;

    public void Write(Utf8JsonWriter writer, ModelHubListing listing, Uri? workspace)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("endpoints"u8);
        foreach (var profile in listing.Profiles)
        {
            Write(writer, profile, workspace);
        }

        writer.WriteEndArray();
        JsonMembers.Text(writer, "workspace_url"u8, workspace?.GetLeftPart(UriPartial.Authority));
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, EndpointProfile profile, Uri? workspace)
    {
        var document = profile.Document;
        writer.WriteStartObject();
        writer.WriteString("name"u8, profile.Name);
        JsonMembers.Text(writer, "creator"u8, _includesCreators ? profile.Creator : null);
        WriteMilliseconds(writer, "creation_timestamp"u8, document.Time("creation_timestamp", "create_time"));
        WriteMilliseconds(writer, "last_updated_timestamp"u8, document.Time("last_updated_timestamp", "update_time"));
        writer.WriteString("state"u8, profile.IsReady ? "READY"u8 : "NOT_READY"u8);
        JsonMembers.Text(writer, "task"u8, profile.Task.IsKnown ? profile.Task.Value.Value : null);
        writer.WriteStartObject("config"u8);
        var config = document.Member("config");
        WriteItems(writer, "served_models"u8, config.Items("served_models"));
        WriteItems(
            writer, "served_entities"u8,
            profile.IsModelService ? config.Member("routing").Items("destinations") : config.Items("served_entities"));
        writer.WriteEndObject();
        if (workspace is not null)
        {
            writer.WriteString("endpoint_url"u8, $"{workspace.GetLeftPart(UriPartial.Authority)}{PathOf(profile)}");
        }

        writer.WriteEndObject();
    }

    private static string PathOf(EndpointProfile profile) => profile.IsModelService
        ? CallExample.GatewayPath(profile.Mode.Value)
        : $"/serving-endpoints/{Uri.EscapeDataString(profile.Name)}";

    private static void WriteMilliseconds(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteNumber(name, known.ToUnixTimeMilliseconds());
        }
    }

    private void WriteItems(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<JsonElement> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    if (WrittenName(member) is { } name)
                    {
                        writer.WritePropertyName(name);
                        Write(writer, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(SecretText.Of(value.AsText() ?? string.Empty));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private string? WrittenName(JsonProperty member)
    {
        try
        {
            return Members.TryGetValue(member.Name, out var name) && (name != "creator" || _includesCreators) ? name : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is no Unicode text.
            return null;
        }
    }
}
