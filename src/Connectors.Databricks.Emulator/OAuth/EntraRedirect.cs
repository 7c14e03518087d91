using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Redirects to Entra. Clients read the tenant from it: the first part of the path, as databricks-sdk-go reads it.</summary>
internal static class EntraRedirect
{
    // Unconfirmed: the query; clients read the path alone.
    private const string AzureDatabricks = "client_id=2ff814a6-3304-4ab8-85cb-cd0e6f879c1d&response_type=code";

    /// <param name="tenantId">The tenant.</param>
    /// <param name="path">What Entra serves below the tenant, such as <c>oauth2/authorize</c>.</param>
    public static BodyResponse To(string tenantId, string path)
    {
        var location = $"https://login.microsoftonline.com/{Uri.EscapeDataString(tenantId)}/{path}?{AzureDatabricks}";
        return new BodyResponse(302, "text/html", []) { Headers = new Dictionary<string, string> { ["location"] = location } };
    }
}
