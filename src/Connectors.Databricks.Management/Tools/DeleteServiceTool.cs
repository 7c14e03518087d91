using Connectors.Databricks.Discovery.Tools;

namespace Connectors.Databricks.Management.Tools;

/// <summary><c>delete_model_service</c>.</summary>
internal sealed class DeleteServiceTool(DatabricksManagementClient management, ChangeApproval approve, ToolContext context) : ChangeTool(
    "delete_model_service",
    "Deletes a model service of Unity Gateway permanently. Services in system.ai cannot be deleted.",
    """
    {"type":"object","properties":{"name":{"type":"string","description":"The exact name of the model service: catalog.schema.service"}},
    "required":["name"]}
    """,
    approve,
    context)
{
    protected override (string Description, Func<CancellationToken, Task> Change) Plan(string endpointName, ToolArguments arguments) =>
        ($"Delete model service {Shown(endpointName)} permanently.",
            cancellationToken => management.ModelServices.DeleteAsync(endpointName, cancellationToken: cancellationToken));
}
