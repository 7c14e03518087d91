namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// Where the calls of a test go: to a serving endpoint, or, in a test class that derives from another one and asks for it, to Unity
/// Gateway. A name is all the difference, so the tests of the base class hold on both surfaces.
/// </summary>
internal static class TestSurface
{
    private const string ServiceName = "main.default.some-service";

    private static readonly AsyncLocal<bool> OnGateway = new();

    /// <summary>The name that <see cref="VerbatimService.Chat"/> and its like call.</summary>
    public static string Name => OnGateway.Value ? ServiceName : VerbatimService.EndpointName;

    public static bool IsGateway => OnGateway.Value;

    /// <summary>The permission that a call needs.</summary>
    public static string Permission => OnGateway.Value ? "EXECUTE" : "CAN_QUERY";

    /// <summary>A request body without the model, which comes first on Unity Gateway.</summary>
    public static string WithoutModel(string body) => body.Replace($"\"model\":\"{ServiceName}\",", "", StringComparison.Ordinal);

    /// <summary>
    /// Sends the calls of the current test to Unity Gateway. Called by a field initializer, which runs before every constructor.
    /// </summary>
    /// <returns>True.</returns>
    public static bool UseGateway() => OnGateway.Value = true;
}
