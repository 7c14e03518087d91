namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>The parameters of the paths of routes, as reflection finds them for OpenAPI; never called.</summary>
internal static class RouteSignatures
{
    public static void WithoutParameters()
    {
    }

    public static void WithName(string name) => _ = name;

    public static void WithModel(string model) => _ = model;
}
