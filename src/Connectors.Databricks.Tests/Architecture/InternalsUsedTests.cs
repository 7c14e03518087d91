using System.Reflection;

namespace Connectors.Databricks.Tests.Architecture;

public class InternalsUsedTests
{
    /// <summary>
    /// What Management uses of the connector that is not public. Each entry ties both packages to one version; a new one needs a reason why
    /// the
    /// public API does not suffice.
    /// </summary>
    private static readonly string[] Approved =
    [
        "Connectors.Databricks.DatabricksServingClient.get_Api",
        "Connectors.Databricks.Diagnostics.Redaction",
        "Connectors.Databricks.Diagnostics.ServingFailure",
        "Connectors.Databricks.Diagnostics.SingleLineText",
        "Connectors.Databricks.Discovery.Readiness.ReadinessEvaluator",
        "Connectors.Databricks.Discovery.Tools.EndpointTool",
        "Connectors.Databricks.Discovery.Tools.ToolArguments",
        "Connectors.Databricks.Discovery.Tools.ToolContext",
        "Connectors.Databricks.Discovery.Tools.ToolInputException",
        "Connectors.Databricks.DatabricksServingClient.get_ModelServices",
        "Connectors.Databricks.Surfaces.ModelServicePager",
        "Connectors.Databricks.Transport.WorkspaceList`1",
        "Connectors.Databricks.Transport.WorkspacePage`1",
        "Connectors.Databricks.Transport.WorkspacePager",
        "Connectors.Databricks.Transport.EndpointPath",
        "Connectors.Databricks.Transport.ErrorKinds",
        "Connectors.Databricks.Transport.RetrySafety",
        "Connectors.Databricks.Transport.ServedDocument",
        "Connectors.Databricks.Transport.ServiceError",
        "Connectors.Databricks.Transport.ServingCall",
        "Connectors.Databricks.Transport.ServingExceptions",
        "Connectors.Databricks.Transport.ServingReply",
        "Connectors.Databricks.Transport.WorkspaceApi",
        "Connectors.Databricks.Transport.WorkspaceDocument",
        "Connectors.Databricks.Wire.BoundExceededException",
        "Connectors.Databricks.Wire.EpochMillisecondsConverter",
        "Connectors.Databricks.Wire.IOpenText`1",
        "Connectors.Databricks.Wire.ItemBudget",
        "Connectors.Databricks.Wire.OpenTextConverter`1",
        "Connectors.Databricks.Wire.EquatableJson",
        "Connectors.Databricks.Wire.EquatableList`1",
        "Connectors.Databricks.Wire.EquatableMap",
    ];

    [Fact]
    public void Management_uses_the_approved_internals_of_the_connector()
    {
        var used = InternalsUsed.Of(Assembly.Load("Connectors.Databricks.Management"), Assembly.Load("Connectors.Databricks"));

        Rule.Holds(used.Except(Approved).Select(name => $"{name} is internal and not on the list."));
        Rule.Holds(Approved.Except(used).Select(name => $"{name} is not used; take it off the list."));
    }

    [Fact]
    public void An_internal_type_and_an_internal_member_of_a_public_type_are_found()
    {
        var internals = InternalsUsed.Of(Assembly.Load("Connectors.Databricks.Management"), Assembly.Load("Connectors.Databricks"));

        Assert.Contains("Connectors.Databricks.Transport.ServingCall", internals);
        Assert.Contains("Connectors.Databricks.DatabricksServingClient.get_Api", internals);
        Assert.DoesNotContain("Connectors.Databricks.DatabricksServingClient", internals);
    }
}
