using System.Diagnostics;
using System.Text;

namespace Connectors.Databricks.Browser.Tests.Terminal;

/// <summary>A program in a pseudo terminal of 100 columns, which <c>script</c> of util-linux creates.</summary>
internal sealed class TerminalSession : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly byte[] _buffer = new byte[4_096];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    private int _lengthAtInput;

    private TerminalSession(Process process) => _process = process;

    /// <summary>All that the program wrote, with its control sequences.</summary>
    public string Output => _output.ToString();

    /// <summary>Starts the sample of agents, on its emulator.</summary>
    public static TerminalSession StartSample(string arguments)
    {
        // In the folder of outputs, in the configuration of this project.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Start($"dotnet {Path.GetFullPath($"../../Agents/{configuration}/Agents.dll", AppContext.BaseDirectory)} {arguments}");
    }

    private static TerminalSession Start(string command)
    {
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols 100 rows 40; exec {command}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm-256color", ["DATABRICKS_CONFIG_FILE"] = "/dev/null" },
        };
        start.Environment.Remove("NO_COLOR");
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DATABRICKS_", StringComparison.Ordinal)).ToList())
        {
            if (name != "DATABRICKS_CONFIG_FILE")
            {
                start.Environment.Remove(name);
            }
        }

        return new TerminalSession(Process.Start(start)!);
    }

    /// <summary>Reads until the output since the last line that was typed ends with this text.</summary>
    /// <exception cref="EndOfStreamException">The program ended before.</exception>
    public async Task ReadToAsync(string end, CancellationToken cancellationToken)
    {
        while (_output.Length == _lengthAtInput || !Output.EndsWith(end, StringComparison.Ordinal))
        {
            await ReadAsync(cancellationToken);
        }
    }

    /// <summary>Reads until the output contains this text.</summary>
    /// <exception cref="EndOfStreamException">The program ended before.</exception>
    public async Task ReadPastAsync(string text, CancellationToken cancellationToken)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            await ReadAsync(cancellationToken);
        }
    }

    /// <summary>Types a line, which the terminal echoes.</summary>
    public async Task TypeAsync(string line)
    {
        _lengthAtInput = _output.Length;
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Presses Ctrl+C.</summary>
    public async Task InterruptAsync()
    {
        await _process.StandardInput.WriteAsync('\u0003');
        await _process.StandardInput.FlushAsync();
    }

    /// <exception cref="OperationCanceledException">The program does not end.</exception>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var count = await _process.StandardOutput.BaseStream.ReadAsync(_buffer, cancellationToken);
        if (count == 0)
        {
            throw new EndOfStreamException($"The program ended early:\n{Output}");
        }

        var characters = new char[_decoder.GetCharCount(_buffer, 0, count)];
        _decoder.GetChars(_buffer, 0, count, characters, 0);
        _output.Append(characters);
    }
}
