' What LibreOffice does with a paper: opens it without running anything in it, takes out what is not for the room (tracked
' changes, comments, hidden sheets), makes wide sheets fit, and prints a PDF. What it found is told in a report, a line each:
' code, tab, how many or which. Called by office.py, which gives everything in the environment.

Dim report As Integer

Sub Main
  Dim doc As Object
  EnableReschedule(False) ' else windows for comments are opened, which a server has not
  report = FreeFile
  Open Environ("PAPER_REPORT") For Output As #report
  On Error GoTo Failed
  doc = Opened(ConvertToURL(Environ("PAPER_SOURCE")))
  If IsNull(doc) Then
    Tell "not_opened", ""
  Else
    If doc.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then
      Workbook doc
    ElseIf doc.supportsService("com.sun.star.presentation.PresentationDocument") Then
      Slides doc
    ElseIf doc.supportsService("com.sun.star.text.GenericTextDocument") Then
      Text doc
    End If
    Print_ doc
  End If
Ending:
  On Error Resume Next
  Close #report
  StarDesktop.terminate
  Exit Sub
Failed:
  Tell "error", Error(Err) & " in line " & Erl
  Resume Ending
End Sub

Sub Tell(code As String, detail As String)
  Print #report, code & Chr(9) & detail
End Sub

Function Opened(url As String) As Object
  Dim how(3) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  how(1).Name = "MacroExecutionMode"
  how(1).Value = com.sun.star.document.MacroExecMode.NEVER_EXECUTE
  how(2).Name = "UpdateDocMode"
  how(2).Value = com.sun.star.document.UpdateDocMode.NO_UPDATE
  how(3).Name = "Silent"
  how(3).Value = True
  Opened = StarDesktop.loadComponentFromURL(url, "_blank", 0, how())
End Function

Sub Print_(doc As Object)
  Dim data(4) As New com.sun.star.beans.PropertyValue
  Dim how(1) As New com.sun.star.beans.PropertyValue
  data(0).Name = "PageRange"
  data(0).Value = Environ("PAPER_PAGES")
  data(1).Name = "ExportNotes"
  data(1).Value = False
  data(2).Name = "ExportNotesPages"
  data(2).Value = False
  data(3).Name = "ExportNotesInMargin"
  data(3).Value = False
  data(4).Name = "ExportHiddenSlides"
  data(4).Value = False
  how(0).Name = "FilterName"
  how(0).Value = Environ("PAPER_FILTER")
  how(1).Name = "FilterData"
  how(1).Value = data()
  doc.storeToURL(ConvertToURL(Environ("PAPER_TARGET")), how())
End Sub

' Texts

Sub Text(doc As Object)
  Dim fields As Object, field As Object, comments As Long, dates As Long
  On Error Resume Next
  If doc.Redlines.createEnumeration().hasMoreElements() Then
    Tell "tracked_changes", ""
    doc.RecordChanges = False
    doc.RedlineProtectionKey = Array()
    Dispatch doc, ".uno:AcceptAllTrackedChanges"
    doc.ShowChanges = False ' should one be left, it is not drawn as struck out
  End If
  fields = doc.TextFields.createEnumeration()
  Do While fields.hasMoreElements()
    field = fields.nextElement()
    If field.supportsService("com.sun.star.text.textfield.Annotation") Or field.supportsService("com.sun.star.text.TextField.Annotation") Then
      comments = comments + 1
    ElseIf field.supportsService("com.sun.star.text.textfield.DateTime") Or field.supportsService("com.sun.star.text.TextField.DateTime") Then
      If Not field.IsFixed Then dates = dates + 1
    End If
  Loop
  If comments > 0 Then Tell "comments", CStr(comments)
  If dates > 0 Then Tell "date_fields", CStr(dates)
End Sub

Sub Dispatch(doc As Object, what As String)
  Dim helper As Object
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  helper.executeDispatch(doc.CurrentController.Frame, what, "", 0, Array())
End Sub

' Slides

Sub Slides(doc As Object)
  Dim n As Long, slide As Object, found As Object
  Dim hidden As Long, comments As Long, notes As Long
  On Error Resume Next
  For n = 0 To doc.DrawPages.Count - 1
    slide = doc.DrawPages(n)
    If Not slide.Visible Then hidden = hidden + 1
    found = slide.createAnnotationEnumeration()
    Do While found.hasMoreElements()
      found.nextElement()
      comments = comments + 1
    Loop
    If HasNotes(slide.NotesPage) Then notes = notes + 1
  Next n
  If hidden > 0 Then Tell "hidden_slides", CStr(hidden)
  If comments > 0 Then Tell "comments", CStr(comments)
  If notes > 0 Then Tell "speaker_notes", CStr(notes)
End Sub

Function HasNotes(page As Object) As Boolean
  Dim n As Long, shape As Object
  HasNotes = False
  For n = 0 To page.Count - 1
    shape = page(n)
    If shape.supportsService("com.sun.star.presentation.NotesShape") Then
      If Not shape.IsEmptyPresentationObject And Len(Trim(shape.String)) > 0 Then HasNotes = True
    End If
  Next n
End Function

' Workbooks

Sub Workbook(doc As Object)
  Dim n As Long, k As Long, sheet As Object, comments As Long
  On Error Resume Next
  For n = 0 To doc.Sheets.Count - 1
    sheet = doc.Sheets(n)
    comments = comments + sheet.Annotations.Count
    If sheet.IsVisible Then
      For k = 0 To sheet.Annotations.Count - 1
        sheet.Annotations(k).IsVisible = False
      Next k
      FitToWidth doc, sheet
    Else
      Tell "hidden_sheets", sheet.Name
      sheet.setPrintAreas(Array())
    End If
  Next n
  If comments > 0 Then Tell "comments", CStr(comments)
End Sub

' What the author chose stays where it is one page wide, or where he gave the columns to the pages himself and the names of the
' rows go along. A sheet between one page and 1.25 pages wide is made smaller; a wider one is turned as well; one that could
' not be read any more goes over several pages, with its first column on each.
Sub FitToWidth(doc As Object, sheet As Object)
  Dim style As Object, wide As Double, room As Double, across As Long
  Dim place As New com.sun.star.table.CellRangeAddress
  style = doc.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
  If style.ScaleToPages > 0 Or style.ScaleToPagesX > 0 Then Exit Sub
  wide = WidthOf(sheet)
  room = style.Width - style.LeftMargin - style.RightMargin
  If wide * style.PageScale / 100 <= room + 20 Then Exit Sub
  If sheet.PrintTitleColumns And HasManualBreaks(sheet) Then Exit Sub
  style = OwnStyle(doc, sheet, style)
  If Not style.IsLandscape And wide > 1.25 * room Then
    If style.Width < style.Height Then
      room = style.Height - style.LeftMargin - style.RightMargin
      Turn style
    End If
  End If
  across = 1
  If wide > room / 0.35 Then
    across = Int(wide * 0.5 / room) + 1
    If Not sheet.PrintTitleColumns Then
      place.Sheet = sheet.RangeAddress.Sheet
      place.StartColumn = FirstColumn(sheet)
      place.EndColumn = place.StartColumn
      sheet.setTitleColumns(place)
      sheet.setPrintTitleColumns(True)
    End If
  End If
  If wide > room / 0.6 Then Tell "wide_sheet", sheet.Name
  style.ScaleToPagesX = across
  style.ScaleToPagesY = 0
End Sub

Sub Turn(style As Object)
  Dim height As Long, width As Long
  height = style.Height
  width = style.Width
  style.IsLandscape = True
  style.Width = height
  style.Height = width
End Sub

' In hundredths of a millimetre, from the first column that is printed to the last.
Function WidthOf(sheet As Object) As Double
  Dim areas, n As Long, wide As Double, edge As Double, found As Object, shape As Object
  areas = sheet.getPrintAreas()
  If UBound(areas) >= 0 Then
    For n = 0 To UBound(areas)
      edge = Across(sheet, areas(n).StartColumn, areas(n).EndColumn)
      If edge > wide Then wide = edge
    Next n
  Else
    wide = Across(sheet, FirstColumn(sheet), LastColumn(sheet))
    For n = 0 To sheet.DrawPage.Count - 1
      shape = sheet.DrawPage(n)
      If Not shape.supportsService("com.sun.star.drawing.CaptionShape") Then
        edge = shape.Position.X + shape.Size.Width
        If edge > wide Then wide = edge
      End If
    Next n
  End If
  WidthOf = wide
End Function

Function Across(sheet As Object, first As Long, last As Long) As Double
  Dim n As Long, wide As Double, column As Object
  For n = first To last
    column = sheet.Columns(n)
    If column.IsVisible Then wide = wide + column.Width
  Next n
  Across = wide
End Function

Function Contents(sheet As Object)
  Contents = sheet.queryContentCells(1 + 2 + 4 + 16).RangeAddresses ' values, dates, strings, formulas
End Function

Function LastColumn(sheet As Object) As Long
  Dim all, n As Long, last As Long
  all = Contents(sheet)
  For n = 0 To UBound(all)
    If all(n).EndColumn > last Then last = all(n).EndColumn
  Next n
  LastColumn = last
End Function

' LibreOffice prints from the first column on, whatever stands in it.
Function FirstColumn(sheet As Object) As Long
  Dim areas
  areas = sheet.getPrintAreas()
  FirstColumn = 0
  If UBound(areas) >= 0 Then FirstColumn = areas(0).StartColumn
End Function

Function HasManualBreaks(sheet As Object) As Boolean
  Dim breaks, n As Long
  breaks = sheet.getColumnPageBreaks()
  HasManualBreaks = False
  For n = 0 To UBound(breaks)
    If breaks(n).ManualBreak Then HasManualBreaks = True
  Next n
End Function

' Sheets of an ODS share their style, and one is not turned for another.
Function OwnStyle(doc As Object, sheet As Object, style As Object) As Object
  Dim n As Long, users As Long, own As Object, all, name As String
  OwnStyle = style
  For n = 0 To doc.Sheets.Count - 1
    If doc.Sheets(n).PageStyle = sheet.PageStyle Then users = users + 1
  Next n
  If users < 2 Then Exit Function
  name = "Own " & sheet.RangeAddress.Sheet
  own = doc.createInstance("com.sun.star.style.PageStyle")
  doc.StyleFamilies.getByName("PageStyles").insertByName(name, own)
  On Error Resume Next
  all = style.PropertySetInfo.Properties
  For n = 0 To UBound(all)
    own.setPropertyValue(all(n).Name, style.getPropertyValue(all(n).Name))
  Next n
  sheet.PageStyle = name
  OwnStyle = own
End Function
