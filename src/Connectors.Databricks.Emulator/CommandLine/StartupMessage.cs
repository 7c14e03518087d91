using System.Text;

namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>The text printed at startup: environment variables and endpoints.</summary>
internal static class StartupMessage
{
    public static string Format(DatabricksEmulator emulator)
    {
        var host = emulator.Host.ToString().TrimEnd('/');
        var text = new StringBuilder();
        text.Append("export DATABRICKS_HOST=").AppendLine(host);
        text.Append("export DATABRICKS_TOKEN=").AppendLine(emulator.Token);
        text.AppendLine("# or, instead of the token, a service principal (OAuth M2M):");
        text.Append("# export DATABRICKS_CLIENT_ID=").AppendLine(emulator.ClientId);
        text.Append("# export DATABRICKS_CLIENT_SECRET=").AppendLine(emulator.ClientSecret);
        text.AppendLine().AppendLine("PowerShell:");
        text.Append("$env:DATABRICKS_HOST = \"").Append(host).AppendLine("\"");
        text.Append("$env:DATABRICKS_TOKEN = \"").Append(emulator.Token).AppendLine("\"");
        text.Append("# $env:DATABRICKS_CLIENT_ID = \"").Append(emulator.ClientId).AppendLine("\"");
        text.Append("# $env:DATABRICKS_CLIENT_SECRET = \"").Append(emulator.ClientSecret).AppendLine("\"");
        text.AppendLine();
        text.AppendLine(Kind(emulator.Workspace));
        text.AppendLine();
        var isEnforced = emulator.Workspace == EmulatedWorkspace.GatewayEnforced;
        var endpoints = emulator.Endpoints.Where(endpoint => !isEnforced || !endpoint.IsMovedByEnforcement).ToList();
        Append(text, emulator.ModelServices.Select(service => service.Endpoint).Concat(endpoints));
        foreach (var app in emulator.Apps)
        {
            text.Append(app.Name).Append("  app  ").Append(app.Server).Append("  ").Append(app.Url).AppendLine();
        }

        return text.Append("\nCtrl+C stops the emulator.").ToString();
    }

    private static string Kind(EmulatedWorkspace workspace) => workspace switch
    {
        EmulatedWorkspace.GatewayEnforced =>
            "The workspace enforces Unity Gateway: foundation models are called by the names of model services.",
        EmulatedWorkspace.Sovereign =>
            "The workspace has no Unity Gateway: foundation models are called by the names of endpoints.",
        _ => "The workspace is classic: foundation models are called by the names of model services or of endpoints.",
    };

    private static void Append(StringBuilder text, IEnumerable<EmulatedEndpoint> endpoints)
    {
        EmulatedEndpoint[] all = [.. endpoints];
        var width = all.Max(endpoint => endpoint.Name.Length);
        foreach (var endpoint in all)
        {
            var task = (endpoint.Task ?? "(classic model)").PadRight(20);
            var dialect = endpoint.Task == "llm/v1/chat" ? $"{endpoint.Dialect}" : "";
            var state = endpoint.IsReady ? "" : "(not ready)";
            text.AppendLine($"{endpoint.Name.PadRight(width)}  {task}  {dialect} {state}".TrimEnd());
        }
    }
}
