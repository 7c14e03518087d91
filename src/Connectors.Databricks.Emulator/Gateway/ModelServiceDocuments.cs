using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// Writes model services [go]. Unconfirmed: what <c>BASIC</c> leaves out, the form of an etag, and the owner of a system service.
/// </summary>
internal static class ModelServiceDocuments
{
    public const string NamePrefix = "model-services/";

    public static JsonObject Write(ModelService service, bool isFull)
    {
        var state = service.State;
        var json = new JsonObject { ["name"] = NamePrefix + service.Name };
        if (state.Comment is string comment)
        {
            json["comment"] = comment;
        }

        if (state.Owner is string owner)
        {
            json["owner"] = owner;
        }

        json["effective_owner"] = state.Owner ?? (service.IsSystem ? "System user" : EndpointStore.User);
        json["etag"] = service.Etag;
        json["supported_api_types"] = new JsonArray(
            [.. service.Endpoint.Life.Model?.ApiTypes.Select(type => JsonValue.Create(type)) ?? []]);
        json["create_time"] = Time(state.CreatedAt);
        json["update_time"] = Time(state.UpdatedAt);
        if (isFull)
        {
            json["config"] = state.Config.DeepClone();
        }

        return json;
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
