using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>Names the members that discovery reads and that are of another kind than expected: they count as absent.</summary>
internal static class UnreadableMembers
{
    /// <summary>As many as a reader needs to see what is wrong with a document.</summary>
    private const int MaxNamed = 20;

    private static readonly (string Path, Func<JsonElement, string, bool> IsReadable)[] Known =
    [
        .. Each(IsText, "id", "task", "creator", "description", "permission_level", "owner", "effective_owner", "comment"),
        .. Each(IsObject, "state", "config", "pending_config"),
        .. Each(IsWord, "state.ready", "state.config_update"),
        .. Each(IsList, "tags", "supported_api_types", "config.destinations"),
        .. Each(IsText, "tags[].key", "tags[].value", "config.destinations[].name"),
        .. Each(IsNumber, "config.destinations[].traffic_percentage"),
        .. Config("config"),
        .. Config("pending_config"),
    ];

    /// <returns>For each such member its path and what it is: <c>state.ready is a JSON Object</c>.</returns>
    public static IReadOnlyList<string> Find(JsonElement document)
    {
        List<string> found = [];
        foreach (var (path, isReadable) in Known)
        {
            Add(document, string.Empty, path, isReadable, found);
        }

        return found;
    }

    private static void Add(
        JsonElement element, string parent, string path, Func<JsonElement, string, bool> isReadable, List<string> found)
    {
        var end = path.IndexOf('.', StringComparison.Ordinal);
        var isList = end > 0 && path[end - 1] == ']';
        var name = end < 0 ? path : path[..(isList ? end - "[]".Length : end)];
        if (found.Count >= MaxNamed || element.Member(name) is not { ValueKind: not JsonValueKind.Null } member)
        {
            return;
        }

        var at = parent.Length == 0 ? name : $"{parent}.{name}";
        if (end < 0)
        {
            if (!isReadable(element, name))
            {
                found.Add($"{at} is a JSON {member.ValueKind}");
            }
        }
        else if (isList)
        {
            var index = 0;
            foreach (var item in element.TolerantItems(name))
            {
                Add(item, $"{at}[{index++}]", path[(end + 1)..], isReadable, found);
            }
        }
        else
        {
            Add(member, at, path[(end + 1)..], isReadable, found);
        }
    }

    private static IEnumerable<(string Path, Func<JsonElement, string, bool> IsReadable)> Config(string config) =>
    [
        .. Each(IsObject, $"{config}.traffic_config"),
        .. Each(IsList, $"{config}.traffic_config.routes", $"{config}.served_entities", $"{config}.served_models"),
        .. Each(IsNumber, $"{config}.traffic_config.routes[].traffic_percentage"),
        .. Entity($"{config}.served_entities[]"),
        .. Entity($"{config}.served_models[]"),
    ];

    private static IEnumerable<(string Path, Func<JsonElement, string, bool> IsReadable)> Entity(string entity) =>
    [
        .. Each(IsText, $"{entity}.name", $"{entity}.entity_name", $"{entity}.model_name"),
        .. Each(IsText, $"{entity}.workload_size", $"{entity}.workload_type"),
        .. Each(IsWord, $"{entity}.entity_version", $"{entity}.model_version", $"{entity}.state.deployment"),
        .. Each(IsFlag, $"{entity}.scale_to_zero_enabled"),
        .. Each(IsNumber, $"{entity}.provisioned_model_units", $"{entity}.max_provisioned_throughput"),
        .. Each(IsNumber, $"{entity}.min_provisioned_throughput"),
        .. Each(IsObject, $"{entity}.external_model", $"{entity}.foundation_model", $"{entity}.state"),
        .. Each(IsText, $"{entity}.external_model.provider", $"{entity}.external_model.name", $"{entity}.external_model.task"),
        .. Each(IsText, $"{entity}.foundation_model.name", $"{entity}.foundation_model.display_name"),
    ];

    private static IEnumerable<(string Path, Func<JsonElement, string, bool> IsReadable)> Each(
        Func<JsonElement, string, bool> isReadable, params string[] paths) => paths.Select(path => (path, isReadable));

    private static bool IsText(JsonElement element, string name) => element.TolerantText(name) is not null;

    private static bool IsWord(JsonElement element, string name) => element.TolerantWord(name) is not null;

    private static bool IsFlag(JsonElement element, string name) => element.TolerantFlag(name) is not null;

    private static bool IsNumber(JsonElement element, string name) => element.TolerantNumber(name) is not null;

    private static bool IsObject(JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.Object };

    private static bool IsList(JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.Array };
}
