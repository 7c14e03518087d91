using System.Text;

namespace Connectors.Databricks.Emulator.CommandLine;

/// <summary>What the program prints when it is ready: how to connect, and to what.</summary>
internal static class Banner
{
    public static string Of(DatabricksEmulator emulator)
    {
        string host = emulator.Host.ToString().TrimEnd('/');
        var text = new StringBuilder();
        text.Append("export DATABRICKS_HOST=").AppendLine(host);
        text.Append("export DATABRICKS_TOKEN=").AppendLine(emulator.Token);
        text.AppendLine().AppendLine("PowerShell:");
        text.Append("$env:DATABRICKS_HOST = \"").Append(host).AppendLine("\"");
        text.Append("$env:DATABRICKS_TOKEN = \"").Append(emulator.Token).AppendLine("\"");
        text.AppendLine();
        int width = emulator.Endpoints.Max(endpoint => endpoint.Name.Length);
        foreach (EmulatedEndpoint endpoint in emulator.Endpoints)
        {
            string task = (endpoint.Task ?? "(classic model)").PadRight(20);
            string dialect = endpoint.Task == "llm/v1/chat" ? $"{endpoint.Dialect}" : "";
            text.AppendLine($"{endpoint.Name.PadRight(width)}  {task}  {dialect}".TrimEnd());
        }

        return text.Append("\nCtrl+C stops the emulator.").ToString();
    }
}
