using System.Reflection;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>What leaves the connector passes the redaction: exceptions, log entries, tags and measurements have one way out each.</summary>
internal static class RedactionRules
{
    private const string Diagnostics = "Connectors.Databricks.Diagnostics.";
    private const string Redaction = $"{Diagnostics}Redaction";

    /// <summary>Those that users meet; a new one is among them.</summary>
    private static readonly HashSet<string> Exceptions =
    [
        .. typeof(DatabricksServingException).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Exception))).Select(type => type.FullName!),
    ];

    /// <summary>Methods that set a text of an activity.</summary>
    private static readonly HashSet<string> ActivitySetters =
        ["SetTag", "AddTag", "AddEvent", "AddException", "SetBaggage", "AddBaggage", "SetCustomProperty", "set_DisplayName"];

    public static IEnumerable<string> Complaints(Assembly assembly) =>
        CompiledCalls.In(assembly).Select(Complaint).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    private static string? Complaint(CompiledCalls.Call call) => call switch
    {
        // An exception's own constructors call those of its base type.
        { Member: ".ctor" } when Exceptions.Contains(call.Type) && call.FirstParameter != Redaction
            && !call.Caller.EndsWith(".ctor", StringComparison.Ordinal) =>
            $"{call.Caller} creates a {call.Type} without a redaction.",
        _ when call.Caller.StartsWith(Diagnostics, StringComparison.Ordinal) => null,
        { Member: "CreateLogger" } when call.Type.StartsWith("Microsoft.Extensions.Logging.", StringComparison.Ordinal)
            && !MayCreateLogger(call.Caller) =>
            $"{call.Caller} creates a logger that does not redact; use RedactingLogger.",
        { Type: "System.Diagnostics.Activity" } when ActivitySetters.Contains(call.Member) =>
            $"{call.Caller} calls Activity.{call.Member}; use ActivityTags.",
        { Type: "System.Diagnostics.Activity", Member: "SetStatus" } => null,
        { Member: "Record" or "Add" } when call.Type.StartsWith("System.Diagnostics.Metrics.", StringComparison.Ordinal) =>
            $"{call.Caller} records a measurement; use Measurements.",
        _ => null,
    };

    // The credential wraps the logger that it is given.
    private static bool MayCreateLogger(string caller) =>
        caller is "Connectors.Databricks.DatabricksServicePrincipalCredential..ctor"
            or "Connectors.Databricks.Authentication.RequestAuthenticator.For";
}
