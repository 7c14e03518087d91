using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// The members of a model service that the service alone sets. Unconfirmed: that requests may contain them; a client is reported to remove
/// them.
/// </summary>
internal static class ReadOnlyMembers
{
    private static readonly string[] OfService =
    [
        "effective_owner", "etag", "metastore_id", "supported_api_types", "create_time", "created_by", "update_time", "updated_by",
    ];

    /// <exception cref="ApiErrorException">The body contains one.</exception>
    public static void Reject(JsonObject body)
    {
        if ((OfService.FirstOrDefault(body.ContainsKey) ?? InConfig(body.Object("config")).FirstOrDefault().Member) is string member)
        {
            throw ApiErrorException.Invalid($"Field '{member}' is output-only.");
        }
    }

    public static void Remove(JsonObject config)
    {
        foreach (var (owner, member) in InConfig(config).ToArray())
        {
            owner.Remove(member);
        }
    }

    private static IEnumerable<(JsonObject Owner, string Member)> InConfig(JsonObject? config)
    {
        var routing = config?.Object("routing");
        IEnumerable<(JsonObject? Owner, string Member)> members =
        [
            .. (routing?.Objects("destinations") ?? []).Concat(routing?.Object("fallback")?.Objects("destinations") ?? [])
                .SelectMany(one => new[] { (one, "is_deleted"), (one.Object("provisioned_throughput_config"), "model") }),
            (config?.Object("inference_table"), "table"),
            (config?.Object("inference_table"), "is_deleted"),
        ];
        return members.Where(one => one.Owner?.ContainsKey(one.Member) is true).Select(one => (one.Owner!, one.Member));
    }
}
