using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Changes settings without a deployment: tags, limits, gateway, notifications, telemetry.</summary>
internal static class SettingsHandler
{
    public static BodyResponse Answer(
        ServingEndpoint endpoint, ManagementOperation verb, JsonObject body, RequestIds ids, DatabricksEmulatorOptions options) =>
        verb switch
        {
            ManagementOperation.Tags => ChangeTags(endpoint, body, options.Quirks.ReturnsTagsAsArray),
            ManagementOperation.RateLimits => ChangeRateLimits(endpoint, body),
            ManagementOperation.Gateway => ChangeGateway(endpoint, body),
            ManagementOperation.Notifications => ChangeNotifications(endpoint, body),
            ManagementOperation.Telemetry => ChangeTelemetry(endpoint, body, ids),
            ManagementOperation.MetricsExport => ChangeMetricsExport(endpoint, body),
            _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "This changes no setting."),
        };

    /// <summary>Added tags replace existing ones, then keys are deleted; the response is sorted by key [cli].</summary>
    private static BodyResponse ChangeTags(ServingEndpoint endpoint, JsonObject body, bool asArray)
    {
        var added = CreationReader.Tags(body, "add_tags");
        string[] deleted = body["delete_tags"] is JsonArray keys ? [.. keys.Select(key => key.Text()).OfType<string>()] : [];
        endpoint.Life.Change((_, settings) =>
        {
            var tags = new Dictionary<string, string?>(settings.Tags);
            foreach ((var key, var value) in added)
            {
                tags[key] = value;
            }

            foreach (var key in deleted)
            {
                tags.Remove(key);
            }

            return settings with { Tags = tags };
        });
        var tags = EndpointDocuments.Tags(endpoint.Life.Settings);
        return ServerResponse.Json(200, asArray ? tags : new JsonObject { ["tags"] = tags });
    }

    private static BodyResponse ChangeRateLimits(ServingEndpoint endpoint, JsonObject body)
    {
        var limits = GatewayReader.ReadRateLimits(body);
        endpoint.Life.Change((_, settings) => settings with { RateLimits = limits });
        return ServerResponse.Json(200, limits is null ? new JsonObject() : new JsonObject { ["rate_limits"] = limits.DeepClone() });
    }

    private static BodyResponse ChangeGateway(ServingEndpoint endpoint, JsonObject body)
    {
        endpoint.Life.Change((state, settings) => settings with { Gateway = GatewayReader.Read(body, state) });
        return ServerResponse.Json(200, endpoint.Life.Settings.Gateway?.DeepClone() ?? new JsonObject());
    }

    private static BodyResponse ChangeNotifications(ServingEndpoint endpoint, JsonObject body)
    {
        var notifications = body.Object("email_notifications")?.DeepClone() as JsonObject;
        endpoint.Life.Change((_, settings) => settings with { Notifications = notifications });

        // The response has these two members [go].
        var answer = new JsonObject { ["name"] = endpoint.Name };
        if (notifications is not null)
        {
            answer["email_notifications"] = notifications.DeepClone();
        }

        return ServerResponse.Json(200, answer);
    }

    private static BodyResponse ChangeTelemetry(ServingEndpoint endpoint, JsonObject body, RequestIds ids)
    {
        if (TelemetryReader.Unsupported(endpoint.Life.State) is string type)
        {
            // The text of the test server of the Databricks CLI [cli].
            throw ApiErrorException.Invalid($"Telemetry configuration is not supported for endpoint type '{type}'. "
                + "This API only supports endpoints with custom served models.");
        }

        var state = endpoint.Life.Change(
            (_, settings) => settings with
            {
                Telemetry = TelemetryReader.Apply(settings.Telemetry, body.Object("telemetry_config"), ids.Guid(1)),
            },
            waitsForUpdates: true);
        return ServerResponse.Json(200, EndpointDocuments.Detail(endpoint, state));
    }

    // The route is in the Python SDK [py]: it starts no deployment and returns the endpoint.
    private static BodyResponse ChangeMetricsExport(ServingEndpoint endpoint, JsonObject body)
    {
        var state = endpoint.Life.Change((_, settings) => settings with { MetricsExport = CreationReader.MetricsExport(body) });
        return ServerResponse.Json(200, EndpointDocuments.Detail(endpoint, state));
    }
}
