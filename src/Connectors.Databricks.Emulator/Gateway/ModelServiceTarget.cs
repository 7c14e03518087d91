using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>The routes of model services in the Unity Catalog API [go].</summary>
internal enum ModelServiceOperation
{
    List,
    Create,
    Get,
    Update,
    Delete,
    GetGrants,
    GetEffectiveGrants,
    ChangeGrants,
}

/// <summary>A request to the API of model services; <see cref="Name"/> is null for lists and creations.</summary>
internal sealed record ModelServiceTarget(ModelServiceOperation Operation, string? Name = null)
{
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The segments after <c>/api/2.1/unity-catalog</c>.</param>
    public static ModelServiceTarget? Find(string method, string[] path) => (method, path) switch
    {
        ("GET", ["model-services"]) => new(ModelServiceOperation.List),
        ("POST", ["model-services"]) => new(ModelServiceOperation.Create),
        ("GET", ["model-services", string name]) => new(ModelServiceOperation.Get, name),
        ("PATCH", ["model-services", string name]) => new(ModelServiceOperation.Update, name),
        ("DELETE", ["model-services", string name]) => new(ModelServiceOperation.Delete, name),
        ("GET", ["permissions", "model_service", string name]) => new(ModelServiceOperation.GetGrants, name),
        ("GET", ["effective-permissions", "model_service", string name]) => new(ModelServiceOperation.GetEffectiveGrants, name),
        ("PATCH", ["permissions", "model_service", string name]) => new(ModelServiceOperation.ChangeGrants, name),
        _ => null,
    };
}

/// <summary>A request to the API of model services, with its query and its caller.</summary>
internal sealed record ModelServiceCall(
    ModelServiceTarget Target,
    IReadOnlyDictionary<string, string> Query,
    JsonObject? Json,
    Caller Caller)
{
    private const string SchemaPrefix = "schemas/";

    /// <summary>The schema in <c>parent</c>; null when there is none.</summary>
    /// <exception cref="ApiErrorException">The parent is not a schema.</exception>
    public string? Parent => !Query.TryGetValue("parent", out var parent) ? null
        : parent.StartsWith(SchemaPrefix, StringComparison.Ordinal) ? parent[SchemaPrefix.Length..]
        : throw ApiErrorException.Invalid($"parent must start with '{SchemaPrefix}'.");
}
