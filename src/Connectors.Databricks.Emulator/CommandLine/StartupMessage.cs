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
        var width = emulator.Endpoints.Max(endpoint => endpoint.Name.Length);
        foreach (var endpoint in emulator.Endpoints)
        {
            var task = (endpoint.Task ?? "(classic model)").PadRight(20);
            var dialect = endpoint.Task == "llm/v1/chat" ? $"{endpoint.Dialect}" : "";
            var state = endpoint.IsReady ? "" : "(not ready)";
            text.AppendLine($"{endpoint.Name.PadRight(width)}  {task}  {dialect} {state}".TrimEnd());
        }

        return text.Append("\nCtrl+C stops the emulator.").ToString();
    }
}
