using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

/// <summary>Writes what the list of the page shows of an endpoint. Unknown values are left out.</summary>
internal sealed class EndpointToJson(DatabricksModelHubOptions options)
{
    private readonly ModelHubPrices _prices = new(options.Prices);
    private readonly bool _includesCreators = options.IncludeCreators;

    public void WriteList(Utf8JsonWriter writer, ModelHubListing listing)
    {
        writer.WriteStartObject();
        writer.WriteString("source"u8, listing.Source);
        if (listing.IsTable)
        {
            JsonMembers.Text(writer, "tableDate"u8, DatabricksModelCapabilities.BuiltIn.Models.Max(model => model.AsOf) is { } date
                ? Date(date) : null);
        }

        writer.WriteNumber("gaps"u8, listing.Gaps);
        Dictionary<(string, EndpointKind, EndpointMode, string, int?, DatabricksModelPrice?), int> groups = [];
        writer.WriteStartArray("endpoints"u8);
        foreach (var profile in listing.Profiles.DistinctBy(profile => profile.Name, StringComparer.Ordinal))
        {
            // Endpoints of a group differ in texts of their own only, so that the page builds one row of each group and copies it.
            var group = (StateOf(profile, listing.IsTable), profile.Kind.Value, profile.Mode.Value,
                string.Join(' ', profile.Capabilities), profile.ContextWindow.Value, _prices.Find(profile));
            groups.TryAdd(group, groups.Count);
            writer.WriteStartObject();
            Write(writer, profile, listing.IsTable);
            writer.WriteNumber("group"u8, groups[group]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <param name="writer">The writer, inside an object.</param>
    /// <param name="profile">The endpoint.</param>
    /// <param name="isTable">Whether it is a model of the table, which has no state.</param>
    public void Write(Utf8JsonWriter writer, EndpointProfile profile, bool isTable)
    {
        // A link needs the exact name. A name cannot hold a secret that a list of the workspace does not show.
        writer.WriteString("name"u8, profile.Name);
        writer.WriteString("type"u8, profile.IsModelService ? "model-service"u8 : "endpoint"u8);
        writer.WriteString("kind"u8, profile.Kind.Value.ToString());
        writer.WriteString("mode"u8, profile.Mode.Value.ToString());
        writer.WriteString("state"u8, StateOf(profile, isTable));
        JsonMembers.Text(writer, "task"u8, profile.Task.IsKnown ? profile.Task.Value.Value : null);
        JsonMembers.Text(writer, "description"u8, profile.Description);
        JsonMembers.Text(writer, "creator"u8, _includesCreators ? profile.Creator : null);
        JsonMembers.Time(writer, "createdAt"u8, profile.Document.Time("creation_timestamp", "create_time"));
        JsonMembers.Time(writer, "updatedAt"u8, profile.Document.Time("last_updated_timestamp", "update_time"));
        JsonMembers.List(writer, "models"u8, profile.Models.Select(model => model.DisplayName ?? model.Name).Distinct());
        JsonMembers.List(writer, "capabilities"u8, profile.Capabilities.Select(capability => capability.Value));
        JsonMembers.List(writer, "apis"u8, (profile.SupportedApis.Value ?? []).Select(api => api.Value));
        JsonMembers.List(writer, "inputs"u8, profile.InputModalities.Value ?? []);
        JsonMembers.List(writer, "outputs"u8, profile.OutputModalities.Value ?? []);
        JsonMembers.Number(writer, "contextWindow"u8, (double?)profile.ContextWindow.Value);
        JsonMembers.Number(writer, "maxOutputTokens"u8, (double?)profile.MaxOutputTokens.Value);
        JsonMembers.Number(writer, "dimensions"u8, (double?)profile.EmbeddingDimensions.Value);
        WriteLifecycle(writer, profile.Lifecycle.Value);
        WriteTags(writer, profile.Tags);
        var price = _prices.Find(profile);
        JsonMembers.Number(writer, "inputCostPerToken"u8, price?.InputCostPerToken);
        JsonMembers.Number(writer, "outputCostPerToken"u8, price?.OutputCostPerToken);
    }

    private static string StateOf(EndpointProfile profile, bool isTable) => isTable ? EndpointState.Unknown : EndpointState.Of(profile);

    private static void WriteLifecycle(Utf8JsonWriter writer, DatabricksModelLifecycle? lifecycle)
    {
        if (lifecycle is null || lifecycle.Stage == DatabricksModelStage.Current)
        {
            return;
        }

        writer.WriteStartObject("lifecycle"u8);
        JsonMembers.Text(writer, "stage"u8, lifecycle.Stage.Value);
        JsonMembers.Text(writer, "retirement"u8, lifecycle.RetirementDate is { } date ? Date(date) : null);
        JsonMembers.Text(writer, "replacement"u8, lifecycle.Replacement);
        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, string?>> tags)
    {
        writer.WriteStartArray("tags"u8);
        foreach (var (key, value) in tags)
        {
            writer.WriteStartObject();
            JsonMembers.Text(writer, "key"u8, key);
            JsonMembers.Text(writer, "value"u8, SecretText.OfTag(key, value ?? string.Empty));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
